namespace UsageReporting.Server.Validation;

/// <summary>A report, or all that is wrong with it.</summary>
internal abstract record ValidationResult
{
    private ValidationResult()
    {
    }

    /// <summary>The report follows its schema. Whoever receives this disposes the report.</summary>
    public sealed record Valid(Report Report) : ValidationResult;

    /// <summary>It does not.</summary>
    public sealed record Invalid(ReportErrors Errors) : ValidationResult;
}
