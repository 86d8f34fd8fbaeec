using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AppRunner.SourceFile;

/// <summary>Maps the nodes of an apprunner.yaml, key by key, to a <see cref="Model.SourceFile"/>.</summary>
internal sealed class SourceFileMapper
{
    // The API's lengths for the same variables.
    private static readonly MapAttribute Variable = new(51200, 0, 51200) { SecretsMember = "run.secrets" };
    private static readonly MapAttribute Secret = new(2048, 1, 2048);

    // The rule of StartCommand in a request.
    private static readonly CommandAttribute StartCommand = new() { HasShell = false };

    private readonly Diagnostics diagnostics;
    private readonly NodeReader reader;

    // The build commands that install packages outside of the source directory.
    private readonly List<(Mark Position, string Path, string Tool)> installations = [];

    // The place of each variable, by the path of its list and its name.
    private readonly Dictionary<(string List, string Name), (Mark Position, string Path)> places = [];

    public SourceFileMapper(Diagnostics diagnostics)
    {
        this.diagnostics = diagnostics;
        reader = new NodeReader(diagnostics);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="root">The root of the tree.</param>
    /// <returns>The file; complete if no error was found.</returns>
    public Model.SourceFile Map(YamlNode root)
    {
        var file = new Model.SourceFile();
        if (reader.Section(root, string.Empty) is not { } top)
            return file;
        ReadVersion(top, file);
        ReadRuntime(top, file);
        ReadBuild(top.Required("build"), file.Build);
        ReadRun(top.Required("run"), file);
        return file;
    }

    private void ReadVersion(SectionKeys top, Model.SourceFile file)
    {
        if (reader.Text(top.Required("version"), "version") is not { } version)
            return;
        file.Version = version.Text;
        if (!decimal.TryParse(version.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            diagnostics.Add(version.Start, "version", $"'{Diagnostics.Shorten(version.Text)}' is not a valid version; use 1.0.");
        else if (number != 1)
            diagnostics.Add(version.Start, "version", $"'{Diagnostics.Shorten(version.Text)}' is not a known version; use 1.0.", ProblemSeverity.UnknownValue);
    }

    private void ReadRuntime(SectionKeys top, Model.SourceFile file)
    {
        if (reader.Text(top.Required("runtime"), "runtime") is not { } runtime)
            return;
        file.Runtime = runtime.Text;
        if (RuntimeNames.ApiNameOf(runtime.Text) is { } known)
        {
            foreach (var problem in RequestRules.Check(new CodeConfigurationValues { Runtime = known }))
                diagnostics.Add(runtime.Start, "runtime", problem.Message.Replace(known, runtime.Text), problem.Severity);
            return;
        }

        if (RequestRules.Check(new CodeConfigurationValues { Runtime = runtime.Text }).FirstOrDefault(problem => problem.Severity == ProblemSeverity.Error) is { } impossible)
        {
            diagnostics.Add(runtime.Start, "runtime", impossible.Message);
            return;
        }

        var near = Suggestions.Nearest(runtime.Text.Replace("_", string.Empty), RuntimeNames.All);
        var message = $"'{Diagnostics.Shorten(runtime.Text)}' is not a known runtime ({string.Join(", ", RuntimeNames.All)}).";
        diagnostics.Add(runtime.Start, "runtime", message + Suggestions.Question(near), ProblemSeverity.UnknownValue);
    }

    private void ReadBuild(YamlNode? node, SourceFileBuild build)
    {
        if (reader.Section(node, "build") is not { } section)
            return;
        build.EnvironmentVariables = Variables(section["env"], "build.env");
        if (reader.Section(section.Required("commands"), "build.commands") is not { } commands)
            return;
        build.PreBuild = BuildCommands(commands["pre-build"], "build.commands.pre-build");
        build.Build = BuildCommands(commands.Required("build"), "build.commands.build");
        build.PostBuild = BuildCommands(commands["post-build"], "build.commands.post-build");
        if (commands["build"] is YamlSequenceNode { Children.Count: 0 } none)
            diagnostics.Add(none.Start, "build.commands.build", "must contain at least one command.");
    }

    private void ReadRun(YamlNode? node, Model.SourceFile file)
    {
        if (reader.Section(node, "run") is not { } section)
            return;
        var run = file.Run;
        run.RuntimeVersion = RuntimeVersion(section["runtime-version"], file.Runtime);
        run.PreRun = Commands(section["pre-run"], "run.pre-run");
        if (run.PreRun.Count > 0 && RuntimeNames.IgnoresPreRun(file.Runtime))
            diagnostics.Add(section["pre-run"]!.Start, "run.pre-run", $"is ignored: {file.Runtime} uses the original build, which has no pre-run.", ProblemSeverity.Warning);
        CheckInstallations(file);
        if (Command(section.Required("command"), "run.command") is { } command)
        {
            run.Command = command;
            foreach (var problem in StartCommand.Check(command).Where(_ => command.Trim().Length > 0))
                diagnostics.Add(section["command"]!.Start, "run.command", problem.Message + ".", problem.Severity);
        }

        run.EnvironmentVariables = Variables(section["env"], "run.env");
        run.Secrets = Secrets(section["secrets"], "run.secrets");
        foreach (var name in run.Secrets.Keys.Where(run.EnvironmentVariables.ContainsKey))
            diagnostics.Add(places[("run.secrets", name)].Position, places[("run.secrets", name)].Path + ".name", "is also the name of a variable in run.env.");
        ReadNetwork(section["network"], run);
        if (run.EnvironmentVariables.TryGetValue("PORT", out var port) && port != run.Port.ToString(CultureInfo.InvariantCulture))
            diagnostics.Add(places[("run.env", "PORT")].Position, places[("run.env", "PORT")].Path, $"sets PORT to a value other than {run.Port}, the port that App Runner sends requests to (run.network.port).", ProblemSeverity.Warning);
    }

    private void ReadNetwork(YamlNode? node, SourceFileRun run)
    {
        if (reader.Section(node, "run.network") is not { } network)
            return;
        if (reader.Text(network["port"], "run.network.port") is { } port)
        {
            foreach (var problem in new PortAttribute().Check(port.Text))
                diagnostics.Add(port.Start, "run.network.port", $"'{Diagnostics.Shorten(port.Text)}' {problem.Message}.", problem.Severity);
            run.Port = int.TryParse(port.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : run.Port;
        }

        if (reader.Text(network["env"], "run.network.env") is not { } variable)
            return;
        run.PortVariable = variable.Text;
        CheckNoEqualsSign(variable, "run.network.env");
        CheckLengths(Variable, variable.Start, "run.network.env", variable.Text, string.Empty);
        if (run.EnvironmentVariables.ContainsKey(variable.Text) || run.Secrets.ContainsKey(variable.Text))
            diagnostics.Add(variable.Start, "run.network.env", "is also a variable of run.env or run.secrets.", ProblemSeverity.Warning);
    }

    private string? RuntimeVersion(YamlNode? node, string runtime)
    {
        if (reader.Text(node, "run.runtime-version") is not { } version)
            return null;
        var parts = version.Text.Split('.');
        var expected = RuntimeNames.VersionOf(runtime);
        if (expected is not null && expected.Split('.').Zip(parts, (known, given) => known != given && given.Length > 0 && given.All(c => c is >= '0' and <= '9')).Any(differs => differs))
            diagnostics.Add(version.Start, "run.runtime-version", $"'{Diagnostics.Shorten(version.Text)}' is not a version of {runtime}, whose versions begin with {expected}.");
        else if (!Array.TrueForAll(parts, part => part.Length > 0 && part.All(c => c is >= '0' and <= '9')))
            diagnostics.Add(version.Start, "run.runtime-version", $"'{Diagnostics.Shorten(version.Text)}' is not a valid version, such as 3.11 or 3.11.9.", ProblemSeverity.UnknownValue);
        else if (version.IsPlain && parts.Length == 2 && parts[1].EndsWith("0", StringComparison.Ordinal))
            diagnostics.Add(version.Start, "run.runtime-version", $"YAML reads {version.Text} as a number and drops the trailing 0; write '{version.Text}', in quotes.", ProblemSeverity.Warning);
        return version.Text;
    }

    private List<string> Commands(YamlNode? node, string path) =>
        CommandItems(node, path).Select(item => Command(item.Node, item.Path)).OfType<string>().ToList();

    private string? Command(YamlNode? node, string path)
    {
        if (reader.Text(node, path) is not { } command)
            return null;
        if (command.Text.Trim().Length == 0)
            diagnostics.Add(command.Start, path, "is empty.");

        // YAML makes one text of a plain one and the deeper lines below it, also of an entry that is indented too deep.
        if (command.IsPlain && command.End.Line > command.Start.Line && command.Text.IndexOf(" - ", StringComparison.Ordinal) > 0)
            diagnostics.Add(command.Start, path, "continues on the lines below it, which are indented deeper. Indent each entry ('- ') exactly like the first one of its list.", ProblemSeverity.Warning);

        // A YAML block ends with a line break that is not part of the command.
        return command.Text.TrimEnd('\r', '\n');
    }

    private List<string> BuildCommands(YamlNode? node, string path)
    {
        var commands = new List<string>();
        foreach (var (item, here) in CommandItems(node, path))
        {
            if (Command(item, here) is not { } command)
                continue;
            commands.Add(command);
            if (RunSettingRules.InstalledOutsideSource(command) is { } tool)
                installations.Add((item.Start, here, tool));
        }

        return commands;
    }

    // With the revised build only the source directory gets into the running image, and what pre-run installs.
    private void CheckInstallations(Model.SourceFile file)
    {
        var build = file.Build;
        var isInSource = build.PreBuild.Concat(build.Build).Concat(build.PostBuild).Concat(build.EnvironmentVariables.Keys).Any(text => text.IndexOf("venv", StringComparison.OrdinalIgnoreCase) >= 0 || text.Contains("VIRTUALENVS_IN_PROJECT"));
        if (isInSource || !RuntimeNames.IsRevisedBuild(file.Runtime))
            return;
        foreach (var (position, path, tool) in installations.Where(installation => !file.Run.PreRun.Exists(command => RunSettingRules.InstalledOutsideSource(command) == installation.Tool)))
            diagnostics.Add(position, path, $"installs packages by {tool} outside of the source directory, which is all that the build of {file.Runtime} copies into the running image; install them in run.pre-run.", ProblemSeverity.Warning);
    }

    private IEnumerable<(YamlNode Node, string Path)> CommandItems(YamlNode? node, string path) =>
        reader.Items(node, path, "each command on a line of its own that begins with '- '");

    private Dictionary<string, string> Variables(YamlNode? node, string path) => NamedValues(node, path, "value", "; write '' for an empty one", Variable);

    // References to secrets and parameters, by variable name.
    private Dictionary<string, string> Secrets(YamlNode? node, string path) => NamedValues(node, path, "value-from", string.Empty, Secret);

    private Dictionary<string, string> NamedValues(YamlNode? node, string path, string valueKey, string advice, MapAttribute lengths)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (item, here) in reader.Items(node, path, $"'- name: NAME' with '{valueKey}: TEXT' below it, once for each variable"))
        {
            if (reader.Keys(item, here, ["name", valueKey], path + "[]") is not { } keys)
                continue;
            var name = reader.Text(keys.Required("name"), here + ".name");
            var value = reader.Text(keys.Required(valueKey, advice), $"{here}.{valueKey}");
            if (value is not null && lengths == Secret && value.Text.Length > 0 && !MapAttribute.IsReference(value.Text))
                diagnostics.Add(value.Start, $"{here}.{valueKey}", "must be the ARN of a Secrets Manager secret or SSM parameter, or a parameter name; put plain values in run.env.");
            if (name is null)
                continue;
            CheckNoEqualsSign(name, here + ".name");
            CheckLengths(lengths, item.Start, here, name.Text, value?.Text ?? "-");
            if (lines.TryGetValue(name.Text, out var first))
                diagnostics.Add(name.Start, here + ".name", $"is given twice, first on line {first}.");
            else
                lines.Add(name.Text, name.Start.Line);

            // Later checks are not for an entry whose value has a problem.
            if (value is null)
                continue;
            values[name.Text] = value.Text;
            places[(path, name.Text)] = (name.Start, here);
        }

        return values;
    }

    private void CheckNoEqualsSign(YamlScalarNode name, string path)
    {
        if (name.Text.Contains("="))
            diagnostics.Add(name.Start, path, "must not contain '='.");
    }

    private void CheckLengths(MapAttribute lengths, Mark position, string path, string name, string value)
    {
        foreach (var problem in lengths.Check(new Dictionary<string, string> { [name] = value }))
            diagnostics.Add(position, path, problem.Message + ".", problem.Severity);
    }
}
