using System.Globalization;
using System.Resources;

namespace UsageReporting;

/// <summary>
/// The texts that people read, each by a name: the host's own where it has one (<c>options.Text</c>),
/// else those of the package, in the user's language where there is a translation.
/// </summary>
public sealed class UsageTexts
{
    private static readonly ResourceManager Core = new(typeof(UsageTexts));

    private readonly Func<string, string?>? _ofTheHost;

    internal UsageTexts(Func<string, string?>? ofTheHost = null) => _ofTheHost = ofTheHost;

    /// <summary>A text of a package.</summary>
    /// <param name="resources">The package's own texts.</param>
    /// <param name="name">Its name.</param>
    /// <param name="values">What stands for <c>{0}</c>, <c>{1}</c> and so on.</param>
    public string Get(ResourceManager resources, string name, params ReadOnlySpan<object?> values)
    {
        ArgumentNullException.ThrowIfNull(resources);
        ArgumentNullException.ThrowIfNull(name);
        if (OfTheHost(name) is { } own)
        {
            try
            {
                return Fill(own, values);
            }
            catch (FormatException)
            {
                // A translation with a hole that nothing fills: the package's own text says it right.
            }
        }

        return Fill(resources.GetString(name, CultureInfo.CurrentUICulture) ?? name, values);
    }

    /// <summary>What people call a field.</summary>
    /// <param name="field">A declared field; the host's own text is named <c>label.</c> and the field's name.</param>
    public string Label(UsageField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return OfTheHost($"label.{field.Name}") ?? field.Label;
    }

    /// <summary>What people call the installation's id.</summary>
    /// <param name="identity">The identity; the host's own text is named <c>label.</c> and the name of the id.</param>
    public string Label(ReportIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return OfTheHost($"label.{identity.Name}") ?? identity.Label;
    }

    /// <summary>Why a field is asked for.</summary>
    /// <param name="field">A declared field; the host's own text is named <c>purpose.</c> and the field's name.</param>
    public string Purpose(UsageField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return OfTheHost($"purpose.{field.Name}") ?? field.Purpose;
    }

    /// <summary>Why the installation's id is asked for.</summary>
    /// <param name="identity">The identity; the host's own text is named <c>purpose.</c> and the name of the id.</param>
    public string Purpose(ReportIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return OfTheHost($"purpose.{identity.Name}") ?? identity.Purpose;
    }

    /// <summary>What a level adds to those below it, in a line: the fields that are its own.</summary>
    /// <param name="schema">What reports may hold.</param>
    /// <param name="level">A level that some field has.</param>
    /// <param name="hasId">Whether reports say which installation they are from.</param>
    public string Level(ReportSchema schema, UsageLevel level, bool hasId)
    {
        ArgumentNullException.ThrowIfNull(schema);
        IEnumerable<string> added = schema.Fields.Where(field => field.Level == level).Select(Label);
        string name = level.ToString().ToLowerInvariant();
        return level > schema.Fields.Min(field => field.Level) ? Get("LevelFurther", name, string.Join(", ", added))
            : Get("LevelFirst", name, string.Join(", ", hasId ? added.Prepend(Label(schema.Header.Identity)) : added));
    }

    /// <summary>
    /// What an id is called for how long it lasts: pseudonymous where it stays, rotating where it does not, and anonymous only
    /// where there is none.
    /// </summary>
    /// <param name="kind">The kind of identity.</param>
    public string Kind(IdentityKind kind) => kind switch
    {
        IdentityKind.None => Get("IdentityNone"),
        IdentityKind.Rotating => Get("IdentityRotating"),
        _ => Get("IdentityStable"),
    };

    /// <summary>What is never collected.</summary>
    /// <param name="header">Who asks; the host's own text is named <c>promise</c>.</param>
    public string? Promise(SchemaHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return header.Promise is null ? null : OfTheHost("promise") ?? header.Promise;
    }

    internal string Get(string name, params ReadOnlySpan<object?> values) => Get(Core, name, values);

    private static string Fill(string text, ReadOnlySpan<object?> values) =>
        values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values);

    // Whatever the host's function does, people read something.
    private string? OfTheHost(string name)
    {
        try
        {
            return _ofTheHost?.Invoke(name);
        }
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
