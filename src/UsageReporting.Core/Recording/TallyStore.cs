using UsageReporting.Core.Collection;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Recording;

/// <summary>What was counted and no report has carried yet, of all processes.</summary>
internal sealed class TallyStore(UsageState state)
{
    /// <summary>The document that a process writes to: one of its own as long as there are no more of them than documents.</summary>
    public static string DocumentOf(int processId) => UsageDocuments.Tallies[processId % ClientLimits.TallyFiles];

    /// <summary>Everything that is kept.</summary>
    public async Task<IReadOnlyList<(string Name, TallyDocument Document)>> ReadAsync()
    {
        List<(string, TallyDocument)> documents = [];
        foreach (string name in UsageDocuments.Tallies)
        {
            if (TallyDocument.Parse(await state.ReadAsync(name).ConfigureAwait(false)) is { } document)
            {
                documents.Add((name, document));
            }
        }

        return documents;
    }

    /// <summary>
    /// Takes away what a report has carried, each part once however often it is called; false where that is not possible.
    /// </summary>
    public async Task<bool> TrySettleAsync(IReadOnlyList<CarriedTallies> carried)
    {
        bool isSettled = true;
        foreach (CarriedTallies part in carried)
        {
            isSettled &= await state.TryChangeAsync(part.Document, text =>
                TallyDocument.Parse(text) is { } document && document.Id == part.Id
                    ? document.Without(part.Counts).Write()
                    : text).ConfigureAwait(false);
        }

        return isSettled;
    }

    /// <summary>Whether no other report has carried any of it.</summary>
    public async Task<bool> AreThereAsync(IReadOnlyList<CarriedTallies> carried)
    {
        foreach (CarriedTallies part in carried)
        {
            if (TallyDocument.Parse(await state.ReadAsync(part.Document).ConfigureAwait(false))?.Id != part.Id)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Forgets all of it; false where that is not possible.</summary>
    public async Task<bool> TryForgetAsync()
    {
        bool isForgotten = true;
        foreach (string name in UsageDocuments.Tallies)
        {
            isForgotten &= await state.ReadAsync(name).ConfigureAwait(false) is null
                || await state.TryChangeAsync(name, _ => null).ConfigureAwait(false);
        }

        return isForgotten;
    }
}
