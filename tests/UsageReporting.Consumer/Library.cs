namespace Consumer;

/// <summary>What the application knows.</summary>
/// <param name="Documents">How many documents there are.</param>
internal sealed record Library(int Documents);
