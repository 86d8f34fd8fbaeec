using System.Collections.Generic;
using System.Globalization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>How apprunner.yaml runs an application (<c>run</c>).</summary>
public sealed class SourceFileRun
{
    /// <summary>The runtime's version to stay at, such as 3.11 or 3.11.9; null takes the newest (<c>run.runtime-version</c>).</summary>
    public string? RuntimeVersion { get; set; }

    /// <summary>Commands that finish the image to run, in their order; they see the variables of the build (<c>run.pre-run</c>).</summary>
    [Sensitive]
    public List<string> PreRun { get; set; } = [];

    /// <summary>The command that starts the application (<c>run.command</c>).</summary>
    [Sensitive]
    public string Command { get; set; } = string.Empty;

    /// <summary>The port that the application listens on. Default: 8080. It is in the variable PORT (<c>run.network.port</c>).</summary>
    public int Port { get; set; } = int.Parse(RunSettings.DefaultPort, CultureInfo.InvariantCulture);

    /// <summary>A second variable that holds the port; null for none (<c>run.network.env</c>).</summary>
    public string? PortVariable { get; set; }

    /// <summary>Environment variables of the application (<c>run.env</c>).</summary>
    [Sensitive]
    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];

    /// <summary>Environment variables whose values are secrets or parameters: their ARNs, or a parameter's name (<c>run.secrets</c>).</summary>
    [Sensitive]
    public Dictionary<string, string> Secrets { get; set; } = [];
}
