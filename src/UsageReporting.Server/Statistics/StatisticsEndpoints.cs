using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using UsageReporting.Server.Access;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// Answers <c>GET /stats/summary</c>, <c>/stats/anomalies</c> and <c>/stats/{product}/{name}</c>, where the name is a field's, a
/// word's versions' (<c>plugins/napari-svg</c>) or a pair's (<c>version,channel</c>).
/// </summary>
internal sealed class StatisticsEndpoints(
    ProductCatalog catalog,
    StatisticsReader statistics,
    RollingReader rolling,
    AnomalyReader anomalies,
    KeyRing keys,
    KeyDoor door)
{
    private const string Json = "application/json";
    private const string Csv = "text/csv; charset=utf-8; header=present";

    public async Task AnswerSummaryAsync(HttpContext context)
    {
        IResult answer = await AnswerAsync(context, Named(context.Request.Query["product"]), "The summary", async (known, hasKey) =>
        {
            Summary summary = await statistics.ReadSummaryAsync(
                known, hasKey ? await rolling.ReadAsync(known, context.RequestAborted) : null);
            return Content(context, StatisticsJson.Write, StatisticsCsv.Write, summary);
        });
        await answer.ExecuteAsync(context);
    }

    public async Task AnswerSeriesAsync(HttpContext context, string product, string name)
    {
        IResult answer = await AnswerAsync(context, catalog.Find(product), "A series", async (known, _) =>
        {
            if (!Publisher.MayBeShown(known.Schema, name))
            {
                return Problem(StatusCodes.Status404NotFound, "No numbers of such a field are published.");
            }

            IQueryCollection query = context.Request.Query;
            if (!TryInterval(query["interval"], out WindowKind kind)
                || !TryDay(query["from"], out DateOnly? from) || !TryDay(query["to"], out DateOnly? to) || from > to)
            {
                return Problem(
                    StatusCodes.Status400BadRequest,
                    "interval is week or month; from and to are dates such as 2026-11-27, in this order.");
            }

            return Content(
                context,
                StatisticsJson.Write,
                StatisticsCsv.Write,
                await statistics.ReadSeriesAsync(known, name, kind, from, to));
        });
        await answer.ExecuteAsync(context);
    }

    /// <summary>For who shows a key only.</summary>
    public async Task AnswerAnomaliesAsync(HttpContext context)
    {
        IResult answer = await AnswerAsync(
            context,
            Named(context.Request.Query["product"]),
            "What was odd",
            async (known, _) => TypedResults.Bytes(AnomaliesJson.Write(known.Name, await anomalies.ReadAsync(known)), Json),
            needsKey: true);
        await answer.ExecuteAsync(context);
    }

    private Product? Named(StringValues name) =>
        name.Count == 0 ? catalog.Default : name.Count == 1 ? catalog.Find(name[0]!) : null;

    private async Task<IResult> AnswerAsync(
        HttpContext context, Product? product, string what, Func<Product, bool, Task<IResult>> answer, bool needsKey = false)
    {
        if (product is null)
        {
            return Problem(StatusCodes.Status404NotFound, "This server receives no reports of such a product.");
        }

        (ShownKey key, IResult? tooMany) = door.Try(context, request => keys.Find(request, product, UsageKeyScopes.Read));
        if (tooMany is not null)
        {
            return tooMany;
        }

        bool hasKey = key.Opens(UsageKeyScopes.Read);
        if ((needsKey || !product.HasPublicStatistics)
            && KeyAnswers.Refuse(context, key, UsageKeyScopes.Read) is { } refusal)
        {
            return refusal;
        }

        if (hasKey)
        {
            keys.NoteUse(what, product, key);
        }

        // The same address has other content for who shows a key, or asks for CSV.
        context.Response.Headers.Vary = "Accept, Authorization, X-API-Key";
        context.Response.Headers.CacheControl = hasKey ? "private, no-store" : "public, max-age=300";
        try
        {
            return await answer(product, hasKey);
        }
        catch (UsageStoreException)
        {
            return StatisticsAnswers.Unavailable;
        }
    }

    private static FileContentHttpResult Content<T>(HttpContext context, Func<T, byte[]> json, Func<T, byte[]> csv, T numbers)
    {
        bool isCsv = PrefersCsv(context.Request.Headers.Accept);
        byte[] content = isCsv ? csv(numbers) : json(numbers);
        return TypedResults.Bytes(
            content,
            isCsv ? Csv : Json,
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\""));
    }

    private static bool PrefersCsv(StringValues accept) =>
        MediaTypeHeaderValue.TryParseList(accept, out IList<MediaTypeHeaderValue>? types)
        && QualityOf(types, "text/csv") is > 0 and double csv
        && csv > QualityOf(types, Json);

    // The most specific range that covers a type says how much it is wanted (RFC 9110, 12.5.1).
    private static double QualityOf(IEnumerable<MediaTypeHeaderValue> types, string type)
    {
        MediaTypeHeaderValue wanted = new(type);
        return types.Where(wanted.IsSubsetOf)
            .OrderBy(range => range.MatchesAllTypes).ThenBy(range => range.MatchesAllSubTypes)
            .Select(range => range.Quality ?? 1).FirstOrDefault();
    }

    private static bool TryInterval(StringValues text, out WindowKind kind)
    {
        kind = text == "month" ? WindowKind.Month : WindowKind.Week;
        return text.Count == 0 || text == "week" || text == "month";
    }

    private static bool TryDay(StringValues text, out DateOnly? day)
    {
        day = null;
        if (text.Count == 0)
        {
            return true;
        }

        bool isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly read);
        day = read;
        return isDay;
    }

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(statusCode: status, detail: detail);
}
