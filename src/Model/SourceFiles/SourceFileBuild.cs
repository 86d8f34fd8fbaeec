using System.Collections.Generic;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>How apprunner.yaml builds an application (<c>build</c>).</summary>
public sealed class SourceFileBuild
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
