namespace UsageReporting.Server.Validation;

/// <summary>Compiles a schema into the tree of members that its reports may have.</summary>
internal static class ReportMembers
{
    /// <summary>The report itself: the object that holds all others.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="slots">How many slots the members have: the id's, one for each field, and one for each object.</param>
    public static ReportMember Of(ReportSchema schema, out int slots)
    {
        ReportMember root = new("");
        slots = Report.FirstFieldSlot + schema.Fields.Count;
        if (schema.Header.Identity is { Kind: not IdentityKind.None } identity)
        {
            Place(root, new ReportMember(identity.Name)
            {
                Slot = Report.IdSlot,
                IsRequired = !schema.AllowsNoId,
                IdVersion = InstallationId.VersionOf(identity),
                Expectation = Expectations.Id(identity),
            }, ref slots);
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
            }, ref slots);
        }

        return root;
    }

    private static void Place(ReportMember root, ReportMember member, ref int slots)
    {
        ReportMember parent = root;
        for (int dot = member.Path.IndexOf('.'); dot >= 0; dot = member.Path.IndexOf('.', dot + 1))
        {
            string path = member.Path[..dot];
            ReportMember? holder = parent.Members.FirstOrDefault(m => m.Path == path);
            if (holder is null)
            {
                parent.Add(holder = new ReportMember(path) { Slot = slots++ });
            }

            parent = holder;
        }

        parent.Add(member);
    }
}
