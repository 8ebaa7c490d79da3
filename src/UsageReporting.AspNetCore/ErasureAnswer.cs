namespace UsageReporting.AspNetCore;

/// <summary>What became of a wish to erase, as <c>POST erase</c> says it.</summary>
/// <param name="Erased">The receipts of those that have erased.</param>
/// <param name="Waiting">Who has not answered yet, and is asked again.</param>
internal sealed record ErasureAnswer(IReadOnlyList<ErasureReceipt> Erased, IReadOnlyList<string> Waiting);
