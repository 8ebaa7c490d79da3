namespace UsageReporting.Core.Schema;

/// <summary>What a schema must be like. Finds all mistakes, not the first.</summary>
internal static class SchemaRules
{
    public static IReadOnlyList<string> MistakesIn(SchemaHeader header, IReadOnlyList<UsageField> fields) =>
    [
        .. InHeader(header),
        .. fields.SelectMany(field => InField(field, fields)),
        .. Between(header, fields),
        .. PairRules.MistakesIn(header.Pairs, fields),
    ];

    private static IEnumerable<string> InHeader(SchemaHeader header)
    {
        if (!SchemaNames.IsProductName(header.Product))
        {
            yield return $"product: \"{header.Product}\" is not 1 to {SchemaLimits.NameLength} lower-case ASCII letters, "
                + "digits and hyphens, the first a letter.";
        }

        foreach ((string name, string? text) in new[]
        {
            ("operator", header.Operator), ("contact", header.Contact), ("promise", header.Promise),
        }.Concat(header.Access.Select(name => ("access", (string?)name))))
        {
            if (text is not null && !SchemaNames.IsSentence(text, SchemaLimits.SentenceLength))
            {
                yield return $"{name}: must be one line of 1 to {SchemaLimits.SentenceLength} characters.";
            }
        }

        if (header.MoreInformation is { } page
            && (!page.IsAbsoluteUri || (page.Scheme != Uri.UriSchemeHttps && page.Scheme != Uri.UriSchemeHttp)))
        {
            yield return "moreInformation: must be an absolute http or https address.";
        }

        if (header.MaxBytes is < SchemaLimits.SmallestReport or > SchemaLimits.LargestReport)
        {
            yield return $"maxBytes: must be {SchemaLimits.SmallestReport} to {SchemaLimits.LargestReport}.";
        }

        if (header.WindowDays is < 0 or > SchemaLimits.WindowDays)
        {
            yield return $"windowDays: must be 0 to {SchemaLimits.WindowDays}.";
        }

        if (header.Identity is { Kind: not IdentityKind.None } identity)
        {
            if (!SchemaNames.IsFieldName(identity.Name))
            {
                yield return $"identity: \"{identity.Name}\" is not a field name.";
            }

            if (ReservedFields.Mistake(identity) is { } reserved)
            {
                yield return $"identity: {reserved}.";
            }

            foreach (string mistake in InTexts("identity", identity.Label, identity.Purpose))
            {
                yield return mistake;
            }
        }
    }

    private static IEnumerable<string> InField(UsageField field, IReadOnlyList<UsageField> fields)
    {
        string name = field.Name;
        if (!SchemaNames.IsFieldName(name))
        {
            yield return $"{name}: a field name is up to {SchemaLimits.Depth} parts with dots between them, each of "
                + "lower-case ASCII letters, digits and underscores, the first a letter, "
                + $"{SchemaLimits.NameLength} characters in all.";
        }

        if (ReservedFields.Mistake(field) is { } reserved)
        {
            yield return $"{name}: {reserved}.";
        }

        // The array or object of such a value is one level more.
        if (field is SetField or CountsField or VersionsField && name.Split('.').Length >= SchemaLimits.Depth)
        {
            yield return $"{name}: a field with several values has at most {SchemaLimits.Depth - 1} parts.";
        }

        foreach (string mistake in InTexts(name, field.Label, field.Purpose))
        {
            yield return mistake;
        }

        if (field.Level == UsageLevel.None || !Enum.IsDefined(field.Level))
        {
            yield return $"{name}: the level must be basic, middle or full.";
        }

        if (field.DetailOf is { } parent && fields.FirstOrDefault(f => f.Name == parent) is not { DetailOf: null })
        {
            yield return $"{name}: it is a detail of \"{parent}\", which is not a field with a row of its own.";
        }

        foreach (string mistake in InKind(field))
        {
            yield return $"{name}: {mistake}.";
        }
    }

    private static IEnumerable<string> InTexts(string name, string label, string purpose)
    {
        if (!SchemaNames.IsSentence(label, SchemaLimits.LabelLength))
        {
            yield return $"{name}: the label must be one line of 1 to {SchemaLimits.LabelLength} characters.";
        }

        if (!SchemaNames.IsSentence(purpose, SchemaLimits.SentenceLength))
        {
            yield return $"{name}: the purpose must be one line of 1 to {SchemaLimits.SentenceLength} characters.";
        }
    }

    private static IEnumerable<string> InKind(UsageField field) => field switch
    {
        WordField word => InWords(word.Words),
        SetField set => InWords(set.Words),
        CountsField counts => InWords(counts.Words).Concat(InBounds(counts.Minimum, counts.Maximum)),
        VersionsField versions => InWords(versions.Words).Concat(InParts(versions.Parts)),
        CountField count => InBounds(count.Minimum, count.Maximum),
        VersionField version => InParts(version.Parts),
        BucketField bucket => InBuckets(bucket.Bounds),
        TextField text => InText(text),
        _ => [],
    };

    private static IEnumerable<string> InWords(Vocabulary vocabulary)
    {
        bool isCatalogue = vocabulary.CatalogueName is not null;
        if (isCatalogue && !SchemaNames.IsProductName(vocabulary.CatalogueName!))
        {
            yield return "a catalogue's name is lower-case ASCII letters, digits and hyphens";
        }

        int most = isCatalogue ? SchemaLimits.CatalogueWords : SchemaLimits.Words;
        if (vocabulary.Words.Count > most || (vocabulary.Words.Count == 0 && !isCatalogue))
        {
            yield return $"the vocabulary must have 1 to {most} words";
        }

        if (!vocabulary.Words.All(SchemaNames.IsWord))
        {
            yield return $"a word is 1 to {SchemaLimits.WordLength} printable ASCII characters, none of them a space or "
                + "a quotation mark";
        }

        if (vocabulary.Words.Distinct(StringComparer.Ordinal).Count() != vocabulary.Words.Count)
        {
            yield return "the vocabulary has a word twice";
        }
    }

    private static IEnumerable<string> InBounds(long minimum, long maximum)
    {
        if (minimum > maximum || minimum < -SchemaLimits.LargestInteger || maximum > SchemaLimits.LargestInteger)
        {
            yield return "the bounds must be in order and within ± (2^53 − 1)";
        }
    }

    private static IEnumerable<string> InParts(int? parts)
    {
        if (parts is < 2 or > 4)
        {
            yield return "a version has 2 to 4 parts";
        }
    }

    private static IEnumerable<string> InBuckets(IReadOnlyList<long> bounds)
    {
        if (bounds.Count is 0 or > SchemaLimits.Buckets
            || bounds[0] < 0
            || bounds[^1] > SchemaLimits.LargestInteger
            || bounds.Zip(bounds.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            yield return $"the bounds must be 1 to {SchemaLimits.Buckets} ascending numbers, none negative";
        }
    }

    private static IEnumerable<string> InText(TextField text)
    {
        if (TextPattern.Mistake(text.Pattern) is { } mistake)
        {
            yield return mistake;
        }

        if (text.MaxLength is < 1 or > SchemaLimits.TextLength)
        {
            yield return $"the length must be 1 to {SchemaLimits.TextLength}";
        }
    }

    private static IEnumerable<string> Between(SchemaHeader header, IReadOnlyList<UsageField> fields)
    {
        if (fields.Count is 0 or > SchemaLimits.Fields)
        {
            yield return $"fields: there must be 1 to {SchemaLimits.Fields}.";
        }

        string[] names = [.. fields.Select(f => f.Name)];
        if (header.Identity.Kind != IdentityKind.None)
        {
            names = [header.Identity.Name, .. names];
        }

        foreach (IGrouping<string, string> same in names.GroupBy(ColumnName).Where(g => g.Count() > 1))
        {
            yield return $"{string.Join(", ", same)}: declared twice (dots and underscores make no difference).";
        }

        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            if (names.FirstOrDefault(n => n.StartsWith(name + ".", StringComparison.Ordinal)) is { } below)
            {
                yield return $"{name}: cannot be a value and also the object that holds {below}.";
            }
        }

        foreach (IGrouping<string, Vocabulary> catalogue in fields.Select(WordsOf).OfType<Vocabulary>()
            .Where(v => v.CatalogueName is not null).GroupBy(v => v.CatalogueName!))
        {
            if (catalogue.Any(v => !v.Words.SequenceEqual(catalogue.First().Words)))
            {
                yield return $"catalogue {catalogue.Key}: has different words in different fields.";
            }
        }
    }

    /// <summary>The words of a field that has any.</summary>
    public static Vocabulary? WordsOf(UsageField field) => field switch
    {
        WordField word => word.Words,
        SetField set => set.Words,
        CountsField counts => counts.Words,
        VersionsField versions => versions.Words,
        _ => null,
    };

    private static string ColumnName(string name) => name.Replace('.', '_');
}
