namespace AppRunner.Shell.CommandLine;

/// <summary>Where the commands come from.</summary>
internal enum ShellMode
{
    /// <summary>A person at the prompt.</summary>
    Interactive,

    /// <summary>The text after -Command.</summary>
    Command,

    /// <summary>A script file.</summary>
    File,

    /// <summary>Standard input, statement by statement.</summary>
    StandardInput,

    /// <summary>None: print the usage.</summary>
    Help,
}
