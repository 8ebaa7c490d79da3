namespace UsageReporting.Server.Sql;

/// <summary>A statement that changes something, in SQL that every engine understands.</summary>
/// <param name="Text">The SQL; parameters are $1, $2 and so on.</param>
/// <param name="Values">Their values.</param>
internal sealed record SqlStatement(string Text, params string[] Values);
