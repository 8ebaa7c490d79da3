using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using UsageReporting.Server.Validation;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Validation;

/// <summary>Whatever bytes arrive, the validator says what the slow oracle says, and keeps what that one would store.</summary>
public sealed class ReportValidatorPropertyTests
{
    private static readonly ReportSchema Schema = SeedSchemas.PaperlessNgx;
    private static readonly ReportValidator Validator = new(Schema, TimeProvider.System);

    [Test]
    public void Validate_WhateverArrives_AgreesWithTheOracle() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(10_000).WithEndSize(60),
            Prop.ForAll(ArbitraryBodies.Any, body => Stored(body) == Expected(body)));

    [Test]
    public void Judge_GoodReport_IsNotRefused() =>
        Assert.That(SlowOracle.Judge(Encoding.UTF8.GetBytes(TestSchemas.PaperlessReport)), Has.Count.EqualTo(13));

    private static string Expected(byte[] body) => Write(SlowOracle.Judge(body));

    private static string Stored(byte[] body)
    {
        if (Validator.Validate(body) is not ValidationResult.Valid(var report))
        {
            return Write(null);
        }

        using (report)
        {
            string[] names = [Schema.Header.Identity.Name, .. Schema.Fields.Select(field => field.Name)];
            return Write(names.Index().Where(n => report[n.Index].IsPresent).ToDictionary(n => n.Item, n => Text(report, report[n.Index])));
        }
    }

    private static string Text(Report report, FieldValue value) =>
        value.IsText ? Encoding.UTF8.GetString(report.Text(value)) : $"{value.Number}";

    private static string Write(Dictionary<string, string>? values) =>
        values is null ? "refused" : string.Join(';', values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}"));
}
