using NUnit.Framework;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Statistics;

public sealed class DigestTests
{
    private static readonly UsageWindow Week = UsageWindow.Of(WindowKind.Week, new DateOnly(2026, 11, 16));

    private static readonly UsageWindow Month = UsageWindow.Of(WindowKind.Month, new DateOnly(2026, 10, 16));

    [Test]
    public void Write_Numbers_IsMarkdownInWhichValuesAreText()
    {
        PublishedWindow week = new(Week, 1_200, 100, null, []);
        PublishedWindow weekBefore = new(Week.Previous, 1_000, null, 0, []);
        PublishedWindow month = new(
            Month, 4_000, 0, 12, [new PublishedField("channel", [new Cell("<b>[x](y)|_z_", 3_000), new Cell("other", 1_000)], [])]);

        string digest = Digest.Write(SeedSchemas.PaperlessNgx, new Summary("paperless-ngx", null, week, weekBefore, month, null, null));

        Assert.That(digest, Is.EqualTo("""
            # paperless-ngx, 2026-W47

            | | installs | new | change | held back |
            |---|---|---|---|---|
            | 2026-W47 | 1,200 | 100 | +20.0 % | – |
            | 2026-10 | 4,000 | 0 | – | 12 |

            **Channel** (2026-10): \<b\>\[x\](y)\|\_z\_ 75 %, other 25 %

            """.ReplaceLineEndings("\n")));
    }
}
