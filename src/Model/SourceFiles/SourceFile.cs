namespace AppRunner.Model;

/// <summary>What apprunner.yaml says about a code service: how it is built and run. It lies in the service's source directory.</summary>
public sealed class SourceFile
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaximumLength = 1024 * 1024;

    /// <summary>The name that the file must have.</summary>
    public const string FileName = "apprunner.yaml";

    /// <summary>The format's version as it is written; 1.0 is the only known one (<c>version</c>).</summary>
    public string Version { get; set; } = "1.0";

    /// <summary>The managed runtime as it is written there, such as python311 (<c>runtime</c>).</summary>
    public string Runtime { get; set; } = string.Empty;

    /// <summary>How the application is built (<c>build</c>).</summary>
    public SourceFileBuild Build { get; set; } = new();

    /// <summary>How the application is run (<c>run</c>).</summary>
    public SourceFileRun Run { get; set; } = new();

    /// <summary>Runtime and port, and how many variables and secrets there are.</summary>
    /// <returns>A short text without secrets.</returns>
    public override string ToString() => $"{Runtime}, port {Run.Port}, {Run.EnvironmentVariables.Count} variables, {Run.Secrets.Count} secrets";
}
