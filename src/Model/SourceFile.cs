using System.Collections.Generic;
using System.Globalization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>The content of apprunner.yaml: how a code service is built and run. The file is in the service's source directory.</summary>
internal sealed class SourceFile
{
    /// <summary>The maximum length, in characters.</summary>
    public const int MaximumLength = 1024 * 1024;

    /// <summary>The name of the file.</summary>
    public const string FileName = "apprunner.yaml";

    /// <summary>The version of the format; 1.0 is the only known one (<c>version</c>).</summary>
    public string Version { get; set; } = "1.0";

    /// <summary>The managed runtime in the notation of the file, such as python311 (<c>runtime</c>).</summary>
    public string Runtime { get; set; } = string.Empty;

    /// <summary>How the application is built (<c>build</c>).</summary>
    public SourceFileBuild Build { get; set; } = new();

    /// <summary>How the application is run (<c>run</c>).</summary>
    public SourceFileRun Run { get; set; } = new();

    /// <summary>Runtime and port, and how many variables and secrets there are.</summary>
    /// <returns>A short text without secrets.</returns>
    public override string ToString() => $"{Runtime}, port {Run.Port}, {Run.EnvironmentVariables.Count} variables, {Run.Secrets.Count} secrets";
}

/// <summary>How apprunner.yaml builds an application (<c>build</c>).</summary>
internal sealed class SourceFileBuild
{
    /// <summary>The commands before the build, in their order (<c>build.commands.pre-build</c>).</summary>
    [Sensitive]
    public List<string> PreBuild { get; set; } = [];

    /// <summary>The commands of the build, in their order; at least one (<c>build.commands.build</c>).</summary>
    [Sensitive]
    public List<string> Build { get; set; } = [];

    /// <summary>The commands after the build, in their order (<c>build.commands.post-build</c>).</summary>
    [Sensitive]
    public List<string> PostBuild { get; set; } = [];

    /// <summary>Environment variables of these commands, and of those before the run (<c>build.env</c>).</summary>
    [Sensitive]
    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];
}

/// <summary>How apprunner.yaml runs an application (<c>run</c>).</summary>
internal sealed class SourceFileRun
{
    /// <summary>The fixed version of the runtime, such as 3.11 or 3.11.9; null means the newest (<c>run.runtime-version</c>).</summary>
    public string? RuntimeVersion { get; set; }

    /// <summary>Commands that finish the image to run, in their order; they see the variables of the build (<c>run.pre-run</c>).</summary>
    [Sensitive]
    public List<string> PreRun { get; set; } = [];

    /// <summary>The command that starts the application (<c>run.command</c>).</summary>
    [Sensitive]
    public string Command { get; set; } = string.Empty;

    /// <summary>The port that the application listens on. Default: 8080. It is in the variable PORT (<c>run.network.port</c>).</summary>
    public int Port { get; set; } = int.Parse(RunSettingRules.DefaultPort, CultureInfo.InvariantCulture);

    /// <summary>An additional variable for the port; null for none (<c>run.network.env</c>).</summary>
    public string? PortVariable { get; set; }

    /// <summary>Environment variables of the application (<c>run.env</c>).</summary>
    [Sensitive]
    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];

    /// <summary>Environment variables whose values are secrets or parameters: their ARNs, or a parameter's name (<c>run.secrets</c>).</summary>
    [Sensitive]
    public Dictionary<string, string> Secrets { get; set; } = [];
}

/// <summary>One problem of an apprunner.yaml.</summary>
internal sealed class SourceFileProblem
{
    /// <summary>Creates a problem.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    /// <param name="path">The keys from the root, such as <c>run.network.port</c>; empty for the whole file.</param>
    /// <param name="message">What is wrong and what is valid. Never contains a sensitive value.</param>
    /// <param name="severity">The severity.</param>
    public SourceFileProblem(string file, int line, int column, string path, string message, ProblemSeverity severity = ProblemSeverity.Error)
    {
        File = file;
        Line = line;
        Column = column;
        Path = path;
        Message = message;
        Severity = severity;
    }

    /// <summary>The severity. With an error the file cannot be used.</summary>
    public ProblemSeverity Severity { get; }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column, from 1.</summary>
    public int Column { get; }

    /// <summary>The keys from the root, such as <c>run.network.port</c>; empty for the whole file.</summary>
    public string Path { get; }

    /// <summary>What is wrong and what is valid.</summary>
    public string Message { get; }

    /// <summary>The problem on one line, in the format of compiler messages.</summary>
    /// <returns><c>file(line,column): path: message</c>.</returns>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0}({1},{2}): {3}", File, Line, Column, Path.Length == 0 ? Message : Path + ": " + Message);
}

/// <summary>Reads apprunner.yaml. The implementation is in AppRunner.SourceFile, which is loaded on first use; it has a public constructor without parameters.</summary>
internal interface ISourceFileReader
{
    /// <summary>Reads a text. It does not throw, whatever the text is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The file name, for the problems.</param>
    /// <returns>The content, null if there is an error; and all problems, in the order of their lines.</returns>
    (SourceFile? File, IReadOnlyList<SourceFileProblem> Problems) Read(string text, string path);

    /// <summary>Reads a file of UTF-8 text. A file that is too large is not read.</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <returns>The content, null if there is an error; and all problems, in the order of their lines.</returns>
    /// <exception cref="System.IO.IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="System.UnauthorizedAccessException">Access to the file is denied.</exception>
    (SourceFile? File, IReadOnlyList<SourceFileProblem> Problems) ReadFile(string path);
}
