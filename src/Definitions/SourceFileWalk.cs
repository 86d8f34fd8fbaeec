using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AppRunner.Definitions.Yaml;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Definitions;

/// <summary>Walks the tree of an apprunner.yaml, key by key, and makes a <see cref="SourceFile"/> of it.</summary>
internal sealed class SourceFileWalk
{
    private readonly Findings findings;
    private readonly NodeReader reader;
    private readonly NamedValues namedValues;

    public SourceFileWalk(Findings findings)
    {
        this.findings = findings;
        reader = new NodeReader(findings);
        namedValues = new NamedValues(findings, reader);
    }

    /// <summary>Reads a file from its root.</summary>
    /// <param name="root">The root of the tree.</param>
    /// <returns>What could be read; whole where no error was found.</returns>
    public SourceFile Walk(YamlNode root)
    {
        var file = new SourceFile();
        if (reader.Section(root, string.Empty) is not { } top)
            return file;
        ReadVersion(top, file);
        ReadRuntime(top, file);
        ReadBuild(top.Required("build"), file.Build);
        ReadRun(top.Required("run"), file);
        return file;
    }

    private void ReadVersion(SectionKeys top, SourceFile file)
    {
        if (reader.Text(top.Required("version"), "version") is not { } version)
            return;
        file.Version = version.Text;
        if (!decimal.TryParse(version.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            findings.Add(version.Place, "version", $"'{Findings.Shorten(version.Text)}' is no version; the known one is 1.0.");
        else if (number != 1)
            findings.Add(version.Place, "version", $"{Findings.Shorten(version.Text)} is not the known version, 1.0.", ProblemSeverity.UnknownValue);
    }

    private void ReadRuntime(SectionKeys top, SourceFile file)
    {
        if (reader.Text(top.Required("runtime"), "runtime") is not { } runtime)
            return;
        file.Runtime = runtime.Text;
        if (RuntimeNames.ApiNameOf(runtime.Text) is { } known)
        {
            foreach (var problem in RequestRules.Check(new CodeConfigurationValues { Runtime = known }))
                findings.Add(runtime.Place, "runtime", problem.Message, problem.Severity);
            return;
        }

        var near = Suggestions.Nearest(runtime.Text.Replace("_", string.Empty), RuntimeNames.All);
        var message = $"'{Findings.Shorten(runtime.Text)}' is none of the known runtimes {string.Join(", ", RuntimeNames.All)}";
        findings.Add(runtime.Place, "runtime", message + (near is null ? "." : $"; did you mean {near}?"), ProblemSeverity.UnknownValue);
    }

    private void ReadBuild(YamlNode? node, SourceFileBuild build)
    {
        if (reader.Section(node, "build") is not { } section)
            return;
        build.EnvironmentVariables = namedValues.Variables(section["env"], "build.env");
        if (reader.Section(section.Required("commands"), "build.commands") is not { } commands)
            return;
        build.PreBuild = Commands(commands["pre-build"], "build.commands.pre-build");
        build.Build = Commands(commands.Required("build"), "build.commands.build");
        build.PostBuild = Commands(commands["post-build"], "build.commands.post-build");
        if (commands["build"] is YamlSequence { Items.Count: 0 } none)
            findings.Add(none.Place, "build.commands.build", "holds no command; at least one is required.");
    }

    private void ReadRun(YamlNode? node, SourceFile file)
    {
        if (reader.Section(node, "run") is not { } section)
            return;
        var run = file.Run;
        run.RuntimeVersion = RuntimeVersion(section["runtime-version"]);
        run.PreRun = Commands(section["pre-run"], "run.pre-run");
        if (run.PreRun.Count > 0 && RuntimeNames.IgnoresPreRun(file.Runtime))
            findings.Add(section["pre-run"]!.Place, "run.pre-run", $"is for runtimes of the revised build only, and {file.Runtime} is not one of them.", ProblemSeverity.Warning);
        if (Command(section.Required("command"), "run.command") is { } command)
            run.Command = command;
        run.EnvironmentVariables = namedValues.Variables(section["env"], "run.env");
        run.Secrets = namedValues.Secrets(section["secrets"], "run.secrets");
        var both = run.Secrets.Keys.Count(run.EnvironmentVariables.ContainsKey);
        if (both > 0)
            findings.Add(section["secrets"]!.Place, "run.secrets", $"has {both} name(s) that run.env has too.");
        ReadNetwork(section["network"], run);
        if (run.EnvironmentVariables.TryGetValue("PORT", out var port) && port != run.Port.ToString(CultureInfo.InvariantCulture))
            findings.Add(section["env"]!.Place, "run.env", $"sets PORT to something else than the port {run.Port} that App Runner sends requests to (run.network.port).", ProblemSeverity.Warning);
    }

    private void ReadNetwork(YamlNode? node, SourceFileRun run)
    {
        if (reader.Section(node, "run.network") is not { } network)
            return;
        if (reader.Text(network["port"], "run.network.port") is { } port)
        {
            foreach (var finding in new PortAttribute().Check(port.Text))
                findings.Add(port.Place, "run.network.port", $"'{Findings.Shorten(port.Text)}' {finding.Message}.", finding.Severity);
            run.Port = int.TryParse(port.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : run.Port;
        }

        if (reader.Text(network["env"], "run.network.env") is not { } variable)
            return;
        run.PortVariable = variable.Text;
        namedValues.CheckName(variable, "run.network.env");
        if (run.EnvironmentVariables.ContainsKey(variable.Text) || run.Secrets.ContainsKey(variable.Text))
            findings.Add(variable.Place, "run.network.env", "is a variable of run.env or run.secrets, too.", ProblemSeverity.Warning);
    }

    private string? RuntimeVersion(YamlNode? node)
    {
        if (reader.Text(node, "run.runtime-version") is not { } version)
            return null;
        var parts = version.Text.Split('.');
        if (!Array.TrueForAll(parts, part => part.Length > 0 && part.All(c => c is >= '0' and <= '9')))
            findings.Add(version.Place, "run.runtime-version", $"'{Findings.Shorten(version.Text)}' is no version such as 3.11 or 3.11.9.", ProblemSeverity.UnknownValue);
        else if (version.IsPlain && parts.Length == 2 && parts[1].EndsWith("0", StringComparison.Ordinal))
            findings.Add(version.Place, "run.runtime-version", $"{version.Text} is a number to YAML, which drops the 0 at its end; write '{version.Text}', in quotes.", ProblemSeverity.Warning);
        return version.Text;
    }

    private List<string> Commands(YamlNode? node, string path) =>
        reader.Items(node, path, "each command on a line of its own that begins with '- '").Select(item => Command(item.Node, item.Path)).OfType<string>().ToList();

    private string? Command(YamlNode? node, string path)
    {
        if (reader.Text(node, path) is not { } command)
            return null;
        if (command.Text.Trim().Length == 0)
            findings.Add(command.Place, path, "is empty.");

        // A block of lines ends with a line break, which is no part of the command.
        return command.Text.TrimEnd('\r', '\n');
    }
}
