using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using UsageReporting.Core.Schema;

namespace UsageReporting.Tests.Schema;

public sealed class CanonicalJsonTests
{
    // The member names and the order are those of RFC 8785, 3.2.3; the last two show that it is not the order of code
    // points.
    [Test]
    public void Write_MembersOfTheRfc_AreSortedByUtf16CodeUnits()
    {
        JsonObject json = new()
        {
            ["\u20ac"] = "Euro Sign",
            ["\r"] = "Carriage Return",
            ["\ufb33"] = "Hebrew Letter Dalet With Dagesh",
            ["1"] = "One",
            ["\ud83d\ude00"] = "Emoji: Grinning Face",
            ["\u0080"] = "Control",
            ["\u00f6"] = "Latin Small Letter O With Diaeresis",
        };

        Assert.That(
            Write(json),
            Is.EqualTo(
                "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}"));
    }

    // The string of RFC 8785, 3.2.2: what must be escaped is, in its short form where there is one, and nothing else.
    [Test]
    public void Write_StringOfTheRfc_HasAsFewEscapesAsThereCanBe() =>
        Assert.That(
            Write(new JsonArray("\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/")),
            Is.EqualTo("[\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"]"));

    [Test]
    public void Write_EveryControlCharacter_IsEscaped() =>
        Assert.That(
            Write(new JsonArray("\0\b\t\n\u000b\f\r\u001f\u007f<>&+")),
            Is.EqualTo("[\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\u007f<>&+\"]"));

    [Test]
    public void Write_ValuesOfEveryKind_HaveNoWhiteSpace()
    {
        JsonObject json = new()
        {
            ["numbers"] = new JsonArray(0L, -1L, (1L << 53) - 1),
            ["flags"] = new JsonArray(true, false),
            ["empty"] = new JsonArray(new JsonObject(), new JsonArray()),
        };

        Assert.That(
            Write(json), Is.EqualTo("""{"empty":[{},[]],"flags":[true,false],"numbers":[0,-1,9007199254740991]}"""));
    }

    private static string Write(JsonNode json) => Encoding.UTF8.GetString(CanonicalJson.Write(json));
}
