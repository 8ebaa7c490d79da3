namespace UsageReporting.Server.Validation;

/// <summary>Compiles a schema into the tree of members that its reports may have.</summary>
internal static class ReportMembers
{
    /// <summary>The report itself: the object that holds all others.</summary>
    public static ReportMember Of(ReportSchema schema)
    {
        ReportMember root = new("");
        if (schema.Header.Identity is { Kind: not IdentityKind.None } identity)
        {
            Place(root, new ReportMember(identity.Name)
            {
                Slot = Report.IdSlot,
                IsRequired = !schema.AllowsNoId,
                IdVersion = InstallationId.VersionOf(identity),
                Expectation = Expectations.Id(identity),
            });
        }

        for (int i = 0; i < schema.Fields.Count; i++)
        {
            UsageField field = schema.Fields[i];
            Place(root, new ReportMember(field.Name)
            {
                Field = field,
                Slot = Report.FirstFieldSlot + i,
                IsRequired = field.Required,
                Expectation = Expectations.Of(field),
            });
        }

        return root;
    }

    private static void Place(ReportMember root, ReportMember member)
    {
        ReportMember parent = root;
        for (int dot = member.Path.IndexOf('.'); dot >= 0; dot = member.Path.IndexOf('.', dot + 1))
        {
            string path = member.Path[..dot];
            ReportMember? holder = parent.Members.FirstOrDefault(m => m.Path == path);
            if (holder is null)
            {
                parent.Add(holder = new ReportMember(path));
            }

            parent = holder;
        }

        parent.Add(member);
    }
}
