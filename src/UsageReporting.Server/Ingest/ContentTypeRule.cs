using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace UsageReporting.Server.Ingest;

/// <summary>JSON in UTF-8: <c>application/json</c>, with no charset or with that one.</summary>
internal static class ContentTypeRule
{
    private const string Json = "application/json";

    public static bool Allows(StringValues contentType)
    {
        // What nearly every client sends, known without the objects that a parser makes.
        if (contentType == Json)
        {
            return true;
        }

        if (contentType.Count != 1 || !MediaTypeHeaderValue.TryParse(contentType[0], out MediaTypeHeaderValue? type))
        {
            return false;
        }

        return type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            && type.Parameters.All(p => !IsCharset(p) || IsUtf8(p))
            && type.Parameters.Count(IsCharset) <= 1;
    }

    private static bool IsCharset(NameValueHeaderValue parameter) =>
        parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8(NameValueHeaderValue parameter) =>
        parameter.GetUnescapedValue().Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
