using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using UsageReporting.Core.Collection;
using UsageReporting.Core.Consent;
using UsageReporting.Core.Identity;
using UsageReporting.Core.Recording;
using UsageReporting.Core.Schema;

namespace UsageReporting.Core.DependencyInjection;

/// <summary>Finds every mistake that a developer made in setting reporting up, all at once.</summary>
internal sealed class UsageReportingOptionsValidator(
    IEnumerable<CollectorRegistration> registrations,
    IEnumerable<TallyRegistration> tallies,
    IServiceProviderIsService services)
    : IValidateOptions<UsageReportingOptions>
{
    public ValidateOptionsResult Validate(string? name, UsageReportingOptions options)
    {
        List<string> mistakes = [];
        if (!Enum.IsDefined(options.Consent))
        {
            mistakes.Add("consent: is not a mode that there is.");
        }

        if (options.Identity.Kind != IdentityKind.Stable && services.IsService(typeof(ExistingId)))
        {
            mistakes.Add("identity: only a stable id can have been there before; leave out UseExistingId.");
        }

        if (options.DataDirectory is { } folder && (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0')))
        {
            mistakes.Add("dataDirectory: is not a path.");
        }

        if (!Enum.IsDefined(options.Scope))
        {
            mistakes.Add("scope: is not a scope that there is.");
        }

        if (options.SettingsFile is { } file && !Path.IsPathFullyQualified(file))
        {
            mistakes.Add("settingsFile: is not a full path.");
        }

        if (options.AskWhen is not null && options.Consent != ConsentMode.OptIn)
        {
            mistakes.Add("askWhen: only where people may say yes for the future are they asked by themselves.");
        }

        if (options.Switches.Any(EnvironmentSwitches.HasNoName))
        {
            mistakes.Add("switches: a variable has no name.");
        }

        if (!services.IsService(typeof(IReportSink)))
        {
            mistakes.Add("sinks: there is none; add one, such as AddHttpSink.");
        }

        mistakes.AddRange(TallyRegistration.MistakesIn(tallies));
        mistakes.AddRange(registrations.Where(registration => registration.Create is not null)
            .SelectMany(registration => registration.Fields)
            .Where(field => ReservedFields.IsReserved(field.Name))
            .Select(field => $"{field.Name}: the name is reserved; only the library fills it (AddIdentityFields)."));
        mistakes.AddRange(registrations.Where(registration => registration.Create is null)
            .SelectMany(registration => registration.Fields)
            .Where(field => !ReservedFields.IsFilled(field.Name))
            .Select(field => $"{field.Name}: is not one of the fields that the library fills; a collector fills others."));
        try
        {
            mistakes.AddRange(ReportSchema
                .Create(options.ToHeader(), registrations.SelectMany(registration => registration.Fields))
                .FindIdentityMistakes());
        }
        catch (SchemaException e)
        {
            mistakes.AddRange(e.Mistakes);
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
