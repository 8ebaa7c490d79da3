using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Clients;

/// <summary>Document 000's application: its schema, and the report that it prints.</summary>
internal static class Paperless
{
    public const string Id = "f81d4fae-7dec-4d0a-a765-00a0c91e6bf6";

    public const string Report =
        """{"uuid":"f81d4fae-7dec-4d0a-a765-00a0c91e6bf6","version":"2.15.0","channel":"beta","commit":"bd86dca57","build_date":"2026-05-18T12:00:00Z","install_type":"docker","arch":"x86_64","python":"3.12.3","database":"postgresql","doc_bucket":"1000-9999","multi_user":true,"feature_mail":true,"feature_ai":false}""";

    public static ReportSchema Schema { get; } = SeedSchemas.PaperlessNgx;

    public static void Configure(UsageReportingOptions options)
    {
        options.Operator = Schema.Header.Operator;
        options.Promise = Schema.Header.Promise;
        options.MoreInformation = Schema.Header.MoreInformation;
    }

    /// <summary>Fills all fields with the document's values.</summary>
    public static void Fill(UsageValues values)
    {
        values.Set(Field<VersionField>("version"), "2.15.0");
        values.Set(Field<WordField>("channel"), "beta");
        values.Set(Field<TextField>("commit"), "bd86dca57");
        values.Set(Field<DateField>("build_date"), new DateTimeOffset(2026, 5, 18, 12, 0, 0, TimeSpan.Zero));
        values.Set(Field<WordField>("install_type"), "docker");
        values.Set(Field<TextField>("arch"), "x86_64");
        values.Set(Field<TextField>("python"), "3.12.3");
        values.Set(Field<TextField>("database"), "postgresql");
        values.Set(Field<BucketField>("doc_bucket"), 4_711);
        values.Set(Field<FlagField>("multi_user"), true);
        values.Set(Field<FlagField>("feature_mail"), true);
        values.Set(Field<FlagField>("feature_ai"), false);
    }

    public static TField Field<TField>(string name)
        where TField : UsageField => (TField)Schema.Find(name)!;
}
