using System.Globalization;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>Good reports.</summary>
internal static class Reports
{
    public const string Id = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";

    /// <summary>Document 000's example.</summary>
    public static string Paperless(string id = Id, string channel = "beta") =>
        $$"""
        {"uuid":"{{id}}","version":"2.15.0","channel":"{{channel}}","commit":"bd86dca57","build_date":"2026-05-18T12:00:00Z","install_type":"docker","arch":"x86_64","python":"3.12.1","database":"postgresql","doc_bucket":"1000-9999","multi_user":true,"feature_mail":true,"feature_ai":false}
        """;

    /// <summary>Document 001's, with objects, a set and counts.</summary>
    public static string Printernizer(string id = Id) =>
        $$"""
        {"schema_version":"1.0",
         "installation":{"installation_id":"{{id}}","app_version":"2.9.1","platform":"linux","deployment_mode":"docker","country_code":"DE"},
         "period":{"start":"2026-05-11T00:00:00Z","end":"2026-05-18T00:00:00Z","duration_days":7},
         "printer_fleet":{"printer_count":3,"printer_types":["prusa_mk4","klipper"],"printer_type_counts":{"prusa_mk4":2,"klipper":1} },
         "usage_stats":{"job_count":12,"feature_usage":{"library_enabled":true} },
         "error_summary":{"total_errors":0},
         "erasure_key":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}
        """;

    /// <summary>Document 002's, of this week.</summary>
    public static string Napari(Installation one) =>
        $$"""
        {"identifier":"{{one.Id}}","period":"{{ISOWeek.GetYear(DateTime.UtcNow)}}-W{{ISOWeek.GetWeekOfYear(DateTime.UtcNow):00}}","napari_version":"0.6.1",
         "python_version":"3.12.1","platform":"Linux","cpu_architecture":"x86_64","erasure_key":"{{one.ErasureKey}}"}
        """;

    public static string NewId() => Guid.NewGuid().ToString();
}
