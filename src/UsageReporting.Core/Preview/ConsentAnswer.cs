namespace UsageReporting;

/// <summary>What a person answered to the report that they saw.</summary>
public enum ConsentAnswer
{
    /// <summary>Do not send it. Also what silence, the end of input and an interruption mean.</summary>
    No,

    /// <summary>Send exactly this; where later ones are asked for, these too.</summary>
    Yes,

    /// <summary>Send exactly this and ask again the next time.</summary>
    Once,

    /// <summary>Do not send it and do not ask again. Where no answer is kept, the same as <see cref="No"/>.</summary>
    Never,

    /// <summary>Show the report of level basic, and ask again.</summary>
    Basic,

    /// <summary>Show the report of level middle, and ask again.</summary>
    Middle,

    /// <summary>Show the report of level full, and ask again.</summary>
    Full,
}
