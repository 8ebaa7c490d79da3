using System.Runtime.InteropServices;
using UsageReporting.Core.Machine;

namespace UsageReporting.Core.Collectors;

/// <summary>The processor's architecture, spelt as <c>uname -m</c> spells it.</summary>
internal sealed class PlatformCollector(IMachine machine) : IUsageCollector, IDeclareUsageFields
{
    private static readonly TextField Arch =
        UsageField.Text(
            "arch", "Architecture", "Which processors to build for.", NamePattern.Pattern, NamePattern.MaxLength)
        with { Required = true };

    public static IReadOnlyList<UsageField> Fields => [Arch];

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        values.Set(Arch, Spell(machine.Architecture));
        return ValueTask.CompletedTask;
    }

    public static string Spell(Architecture architecture) => architecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.X86 => "i686",
        Architecture.Arm64 => "aarch64",
        Architecture.Arm => "armv7l",
        Architecture.Armv6 => "armv6l",
        Architecture.LoongArch64 => "loongarch64",
        Architecture.RiscV64 => "riscv64",
        Architecture.Ppc64le => "ppc64le",
        Architecture.S390x => "s390x",
        _ => "other",
    };
}
