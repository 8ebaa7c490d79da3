namespace QuickStart;

/// <summary>The application's own business, in place of a database.</summary>
internal sealed record Library(int Books, bool HasMail);
