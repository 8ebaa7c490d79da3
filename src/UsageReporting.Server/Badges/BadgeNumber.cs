using System.Globalization;

namespace UsageReporting.Server.Badges;

/// <summary>Numbers as short as a badge wants them. Cut off, never rounded up: a badge does not claim what is not there.</summary>
internal static class BadgeNumber
{
    private static readonly (long One, string Letter)[] Units = [(1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")];

    /// <summary>Such as 999, 1.2k, 12k, 1.2M.</summary>
    /// <param name="number">Zero or more.</param>
    public static string Of(long number)
    {
        foreach ((long one, string letter) in Units)
        {
            if (number >= one)
            {
                long tenths = number / (one / 10);
                return tenths < 100 && tenths % 10 != 0
                    ? string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10}{letter}")
                    : string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}{letter}");
            }
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }
}
