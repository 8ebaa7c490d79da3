using System.Globalization;
using System.Resources;

namespace UsageReporting.Server.Dashboard.Writing;

/// <summary>What people read on the pages, each text by a name.</summary>
internal static class DashboardTexts
{
    private static readonly ResourceManager Resources = new(typeof(DashboardTexts));

    /// <summary>A text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">What stands for <c>{0}</c>, <c>{1}</c> and so on.</param>
    public static string Text(string name, params ReadOnlySpan<object?> values)
    {
        string text = Resources.GetString(name, CultureInfo.CurrentUICulture) ?? name;
        return values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values);
    }
}
