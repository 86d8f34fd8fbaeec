using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Execution.Processes;

/// <summary>What a process group runs: a program with its arguments, or a line for the computer's shell.</summary>
/// <param name="Folder">Where it runs.</param>
/// <param name="Environment">All of its environment.</param>
internal abstract record Command(string Folder, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>A program that is started without a shell.</summary>
    /// <param name="FileName">The program's whole path.</param>
    /// <param name="Arguments">Its arguments, each passed on as it is.</param>
    /// <param name="Folder">Where it runs.</param>
    /// <param name="Environment">All of its environment.</param>
    internal sealed record Program(string FileName, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string> Environment) : Command(Folder, Environment);

    /// <summary>A command of the user's, with whatever the shell makes of it.</summary>
    /// <param name="Line">The command as the user wrote it: nothing is ever added to it.</param>
    /// <param name="Folder">Where it runs.</param>
    /// <param name="Environment">All of its environment.</param>
    internal sealed record Shell(string Line, string Folder, IReadOnlyDictionary<string, string> Environment) : Command(Folder, Environment);
}
