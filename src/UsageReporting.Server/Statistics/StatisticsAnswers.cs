using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Statistics;

/// <summary>What is answered in the place of numbers.</summary>
internal static class StatisticsAnswers
{
    public static IResult Unavailable { get; } = new UnavailableAnswer("The numbers cannot be read just now.");
}
