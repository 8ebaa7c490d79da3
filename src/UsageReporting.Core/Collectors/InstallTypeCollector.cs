using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Collectors;

/// <summary>How the application was installed: the first sign that is found decides.</summary>
internal sealed class InstallTypeCollector(IMachine machine, WordField field) : IUsageCollector
{
    public const string DistributionFile = "distro_info";
    public const string BuildFile = "build_info";

    private static readonly string[] Kinds =
        ["kubernetes", "podman", "docker", "nixos", "snap", "flatpak", "distro", "release", "source"];

    /// <summary>The field, with the distributions that the product knows by name.</summary>
    public static WordField FieldFor(IEnumerable<string> distributions) =>
        UsageField.Word(
            "install_type",
            "Install type",
            "How it was installed, so that the packages people use are looked after.",
            [.. Kinds, .. distributions]) with { Required = true };

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        values.Set(field, Detect());
        return ValueTask.CompletedTask;
    }

    private string Detect()
    {
        if (machine.Variable("KUBERNETES_SERVICE_HOST") is not null)
        {
            return "kubernetes";
        }

        if (machine.Variable("container") == "podman")
        {
            return "podman";
        }

        if (machine.HasFile("/.dockerenv"))
        {
            return "docker";
        }

        if (machine.ExecutablePath?.Contains("/nix/store/", StringComparison.Ordinal) is true)
        {
            return "nixos";
        }

        if (machine.Variable("SNAP") is not null)
        {
            return "snap";
        }

        if (machine.Variable("FLATPAK_ID") is not null)
        {
            return "flatpak";
        }

        string distribution = Path.Combine(machine.ApplicationFolder, DistributionFile);
        if (machine.HasFile(distribution))
        {
            return field.Words.Find(machine.FileText(distribution)?.Trim()) ?? "distro";
        }

        return machine.HasFile(Path.Combine(machine.ApplicationFolder, BuildFile)) ? "release" : "source";
    }
}
