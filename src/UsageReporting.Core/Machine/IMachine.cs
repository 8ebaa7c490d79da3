namespace UsageReporting.Core.Machine;

/// <summary>
/// What the library may look at on the machine that it runs on. The only way to environment variables and to files
/// other than its own, so that what is looked at can be seen in one place and set in a test.
/// </summary>
internal interface IMachine
{
    /// <summary>The full path of the running executable, if there is one.</summary>
    string? ExecutablePath { get; }

    /// <summary>The folder of the application's own files.</summary>
    string ApplicationFolder { get; }

    /// <summary>The value of an environment variable; null where it is not set.</summary>
    string? Variable(string name);

    /// <summary>Whether there is a file.</summary>
    bool HasFile(string path);

    /// <summary>The beginning of a text file; null where there is none or it cannot be read.</summary>
    string? FileText(string path);
}
