namespace UsageReporting.AspNetCore;

/// <summary>What became of a wish to erase, as <c>POST erase</c> says it.</summary>
/// <param name="Erased">The receipts of those that have erased.</param>
/// <param name="Waiting">Who has not answered yet, and is asked again.</param>
/// <param name="MaybeErased">Who has nothing now, and was asked before without an answer: it may have been erased then.</param>
/// <param name="GivenUp">Who did not answer for so long that nothing can be stored any more, and is not asked again.</param>
internal sealed record ErasureAnswer(
    IReadOnlyList<ErasureReceipt> Erased,
    IReadOnlyList<string> Waiting,
    IReadOnlyList<string> MaybeErased,
    IReadOnlyList<string> GivenUp);
