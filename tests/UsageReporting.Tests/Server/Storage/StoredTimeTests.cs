using System.Text;
using NUnit.Framework;
using UsageReporting.Server.Storage;

namespace UsageReporting.Tests.Server.Storage;

public sealed class StoredTimeTests
{
    private static readonly DateTimeOffset[] Times =
    [
        DateTimeOffset.MinValue,
        DateTimeOffset.MaxValue,
        new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero),
        new(2026, 5, 18, 1, 2, 3, 999, TimeSpan.FromHours(5.5)),
    ];

    [TestCaseSource(nameof(Times))]
    public void Write_AnyTime_IsWhatADateFieldWrites(DateTimeOffset time)
    {
        byte[] text = new byte[StoredTime.Length];
        StoredTime.Write(time, text);

        Assert.That(Encoding.ASCII.GetString(text), Is.EqualTo(DateField.Write(time)));
    }
}
