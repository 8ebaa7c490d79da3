using UsageReporting.Core.Collection;

namespace UsageReporting.Core.Recording;

/// <summary>Reports what was counted since the last report, and says which tallies the numbers stand for.</summary>
internal sealed class TallyCollector(TallyRecorder recorder, TallyStore store) : IUsageCollector
{
    public async ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        await recorder.FlushAsync().ConfigureAwait(false);
        IReadOnlyList<(string Name, TallyDocument Document)> documents = await store.ReadAsync().ConfigureAwait(false);
        TallyCounts[] taken = [.. documents.Select(_ => new TallyCounts())];
        foreach (UsageField field in recorder.Tallies.Fields.Select(tallies => tallies.Declared))
        {
            Dictionary<string, long> sums = Take(field, [.. documents.Select(document => document.Document.Counts)], taken);
            switch (field)
            {
                case CountsField counts:
                    values.Set(counts, sums.Count == 0 ? null : sums);
                    break;
                case CountField count:
                    values.Set(count, sums.TryGetValue(TallyWords.Only, out long number) ? number : null);
                    break;
            }
        }

        values.Carried =
        [
            .. documents.Select((document, i) => new CarriedTallies(document.Name, document.Document.Id, taken[i])),
        ];
    }

    // What is more than the field allows stays for the next report, and so does a word that another version declares.
    private static Dictionary<string, long> Take(UsageField field, TallyCounts[] kept, TallyCounts[] taken)
    {
        Dictionary<string, long> sums = new(StringComparer.Ordinal);
        long most = TallyWords.BoundsOf(field).Maximum;
        for (int i = 0; i < kept.Length; i++)
        {
            foreach ((string word, long there) in kept[i].GetValueOrDefault(field.Name) ?? [])
            {
                long before = sums.GetValueOrDefault(word);
                long number = Math.Min(there, most - before);
                if (number > 0 && TallyWords.Find(field, word) is not null)
                {
                    sums[word] = before + number;
                    taken[i].Add(field.Name, word, number);
                }
            }
        }

        return sums;
    }
}
