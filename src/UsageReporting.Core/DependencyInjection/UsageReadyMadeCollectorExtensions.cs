using Microsoft.Extensions.Options;
using UsageReporting;
using UsageReporting.Core.Collectors;
using UsageReporting.Core.Machine;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the collectors that most applications want. Each adds its own fields and no others.</summary>
public static class UsageReadyMadeCollectorExtensions
{
    /// <summary>
    /// Adds the application's release: <c>version</c>, <c>channel</c>, <c>commit</c> and <c>build_date</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says which release it is; by default the entry assembly does.</param>
    public static UsageReportingBuilder AddEnvironmentCollector(
        this UsageReportingBuilder builder, Action<EnvironmentCollectorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configure ?? (static _ => { }));
        return builder.Add(
            "environment",
            EnvironmentCollector.Fields,
            static provider => new EnvironmentCollector(
                provider.GetRequiredService<IOptions<EnvironmentCollectorOptions>>()));
    }

    /// <summary>Adds the release of .NET that the application runs on: <c>runtime</c>.</summary>
    /// <param name="builder">The builder.</param>
    public static UsageReportingBuilder AddRuntimeCollector(this UsageReportingBuilder builder) =>
        builder.Add("runtime", RuntimeCollector.Fields, static _ => new RuntimeCollector());

    /// <summary>Adds the processor's architecture: <c>arch</c>.</summary>
    /// <param name="builder">The builder.</param>
    public static UsageReportingBuilder AddPlatformCollector(this UsageReportingBuilder builder) =>
        builder.Add(
            "platform",
            PlatformCollector.Fields,
            static provider => new PlatformCollector(provider.GetRequiredService<IMachine>()));

    /// <summary>
    /// Adds the operating system, <c>os</c>, and its release as people name it, <c>os_version</c>: <c>debian-12</c>,
    /// <c>11</c> of Windows (a server is the Windows that it was made from), <c>15</c> of macOS.
    /// </summary>
    /// <param name="builder">The builder.</param>
    public static UsageReportingBuilder AddOperatingSystemCollector(this UsageReportingBuilder builder) =>
        builder.Add(
            "operating system",
            OperatingSystemCollector.Fields,
            static provider => new OperatingSystemCollector(provider.GetRequiredService<IMachine>()));

    /// <summary>
    /// Adds the country that the system's time zone is of, as two letters (ISO 3166-1): <c>DE</c> where it is
    /// <c>Europe/Berlin</c>. It is left out where the zone is of no country, as <c>UTC</c> is, or not of one alone.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The field's name on the wire.</param>
    public static UsageReportingBuilder AddCountryCollector(this UsageReportingBuilder builder, string name = "country")
    {
        ArgumentNullException.ThrowIfNull(name);
        TextField field = CountryCollector.FieldFor(name);
        return builder.Add(
            "country", [field], provider => new CountryCollector(field, provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>
    /// Adds the application's plugins, of which a report holds those of the field's catalogue in a released version: one
    /// without a suffix. The person is shown the others beside the report, and why they are left out.
    /// </summary>
    /// <typeparam name="TService">The service that knows the plugins.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="field">
    /// The field. Its vocabulary is a catalogue, <see cref="Vocabulary.Catalogue"/>: what a person agreed to names it, so that a
    /// plugin that is published later asks nobody again.
    /// </param>
    /// <param name="installed">Lists the plugins: name and version.</param>
    public static UsageReportingBuilder AddPluginCollector<TService>(
        this UsageReportingBuilder builder,
        VersionsField field,
        Func<TService, IEnumerable<KeyValuePair<string, string>>> installed)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(installed);
        return builder.Add(
            "plugins",
            [field],
            provider => new PluginCollector(field, () => installed(provider.GetRequiredService<TService>())));
    }

    /// <summary>
    /// Adds how the application was installed, <c>install_type</c>: <c>kubernetes</c>, <c>podman</c>, <c>docker</c>,
    /// <c>nixos</c>, <c>snap</c>, <c>flatpak</c>, <c>distro</c>, <c>release</c>, <c>source</c> or a further word.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="furtherWords">
    /// What else the product knows. A word of <see cref="InstallTypes.DotNet"/> is looked for; any other, such as
    /// <c>debian</c>, is what a packager may write into a file <c>distro_info</c> beside the application, and another
    /// word in it is reported as <c>distro</c>. A file <c>build_info</c> makes it a release. A file
    /// <c>install_type</c> that holds one of all these words decides alone.
    /// </param>
    public static UsageReportingBuilder AddInstallTypeCollector(
        this UsageReportingBuilder builder, params IEnumerable<string> furtherWords)
    {
        ArgumentNullException.ThrowIfNull(furtherWords);
        WordField field = InstallTypeCollector.FieldFor(furtherWords);
        return builder.Add(
            "install type",
            [field],
            provider => new InstallTypeCollector(provider.GetRequiredService<IMachine>(), field));
    }
}
