using UsageReporting;

namespace ReferenceServer.Demo;

/// <summary>What the fields without a vocabulary say, and how common it is; and words of which one is far more common.</summary>
internal static class DemoTexts
{
    private static readonly Dictionary<string, (string Value, int Weight)[]> Known = new(StringComparer.Ordinal)
    {
        ["arch"] = [("x86_64", 78), ("aarch64", 19), ("armv7l", 3)],
        ["cpu_architecture"] = [("x86_64", 62), ("arm64", 31), ("AMD64", 7)],
        ["python"] = [("3.12.7", 46), ("3.11.10", 28), ("3.13.1", 15), ("3.10.15", 11)],
        ["python_version"] = [("3.12.7", 44), ("3.11.10", 30), ("3.13.1", 13), ("3.10.15", 13)],
        ["installation.python_version"] = [("3.12.7", 50), ("3.11.10", 34), ("3.13.1", 16)],
        ["runtime"] = [("10.0.1", 55), ("9.0.11", 33), ("8.0.22", 12)],
        ["database"] = [("postgresql", 57), ("sqlite3", 36), ("mysql", 7)],
        ["commit"] = [("bd86dca57", 60), ("0f3c1a9de", 25), ("77aa01b3c", 15)],
        ["os_version"] = [("24.04", 38), ("11", 27), ("15.1", 22), ("12", 13)],
        ["sys_name"] = [("Ubuntu 24.04", 40), ("Windows-11", 35), ("macOS-15.1", 25)],
        ["installation.country_code"] = [("DE", 27), ("US", 25), ("AT", 8), ("FR", 8), ("GB", 7), ("NL", 6), ("CZ", 5), ("PL", 4), ("SE", 3), ("CH", 3), ("IT", 2), ("JP", 2)],
        ["install_type"] = [("docker", 58), ("kubernetes", 9), ("release", 9), ("unraid", 7), ("truenas", 5), ("synology", 5), ("podman", 3), ("nixos", 2), ("yunohost", 1), ("source", 1)],
        ["channel"] = [("stable", 88), ("beta", 10), ("dev", 2)],
        ["platform"] = [("Linux", 42), ("Windows", 36), ("Darwin", 22)],
        ["os"] = [("linux", 55), ("macos", 26), ("windows", 18), ("freebsd", 1)],
        ["installation.platform"] = [("linux", 88), ("windows", 9), ("darwin", 3)],
        ["installation.deployment_mode"] = [("docker", 46), ("homeassistant", 29), ("pi", 17), ("standalone", 8)],
        ["command"] = [("runserver", 74), ("startapp", 17), ("startproject", 9)],
        ["doc_bucket"] = [("0-99", 15), ("100-999", 34), ("1000-9999", 40), ("10000-49999", 9), ("50000+", 2)],
        ["layer_count"] = [("0", 4), ("1", 18), ("2-4", 41), ("5-9", 24), ("10-49", 12), ("50+", 1)],
    };

    /// <summary>A value of the field, the common ones often; null where this knows none.</summary>
    public static string? Pick(UsageField field, Random random)
    {
        if (!Known.TryGetValue(field.Name, out (string Value, int Weight)[]? values))
        {
            return null;
        }

        int left = random.Next(values.Sum(value => value.Weight));
        return values.First(value => (left -= value.Weight) < 0).Value;
    }
}
