using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Export;

/// <summary>A Dockerfile that builds and starts a code service as App Runner does, and the list of files that it must not get.</summary>
/// <remarks>
/// BuildKit and Podman read NAME.Dockerfile.dockerignore beside NAME.Dockerfile. The runtimes with the revised build have two stages, because
/// App Runner copies only the source directory into the image that runs. The files contain no secrets: only the names of their variables.
/// </remarks>
internal sealed class DockerfileFormat : IExportFormat
{
    private const string IgnoreSuffix = ".dockerignore";

    /// <inheritdoc/>
    public string Name => ExportFormat.Dockerfile;

    /// <inheritdoc/>
    public string Suffix => ".Dockerfile";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Switches => [nameof(ExportOptions.NoValue), nameof(ExportOptions.SourceFile)];

    /// <inheritdoc/>
    public SnapshotParts PartsFor(ExportOptions options) => SnapshotParts.None;

    /// <inheritdoc/>
    public IEnumerable<ExportedFile> Write(IReadOnlyList<ServiceSnapshot> services, UniqueNames names, string name, ExportOptions options, ExportProblems problems)
    {
        foreach (var service in services)
        {
            if (SettingsOf(service, options, problems) is not { } settings || RuntimeImage.Of(settings, service, problems) is not { } image)
                continue;
            var folder = (service.Service.SourceConfiguration!.CodeRepository!.SourceDirectory ?? string.Empty).Trim('/');
            if (folder.Split('/').Contains("..") || folder.Any(char.IsControl))
                problems.Refuse(service, "SourceConfiguration.CodeRepository.SourceDirectory", "is not a folder of the repository.");
            var file = new DockerfileText(service, settings, image, folder, options.NoValue, problems);
            yield return new ExportedFile(name + Suffix, file.Write(name + Suffix));
            yield return new ExportedFile(name + Suffix + IgnoreSuffix, Ignored(settings, image));
        }
    }

    // The settings of the API in the form of apprunner.yaml, which has all of them.
    private static Model.SourceFile? SettingsOf(ServiceSnapshot service, ExportOptions options, ExportProblems problems)
    {
        const string path = "SourceConfiguration.CodeRepository.CodeConfiguration";
        if (service.Service.SourceConfiguration?.CodeRepository is not { } code)
        {
            problems.Refuse(service, "SourceConfiguration.ImageRepository", "is an image already. A Dockerfile is written for source code.");
            return null;
        }

        if (options.SourceFile is not null)
            return options.SourceFile;
        if (code.CodeConfiguration?.ConfigurationSource == ConfigurationSource.Repository || code.CodeConfiguration?.CodeConfigurationValues is not { } values)
        {
            problems.Refuse(service, path + ".ConfigurationSource", $"is REPOSITORY: the commands are in {Model.SourceFile.FileName}, which is not read from the repository. Give the file with -SourceFile.");
            return null;
        }

        if (string.IsNullOrEmpty(values.StartCommand))
        {
            problems.Refuse(service, path + ".CodeConfigurationValues.StartCommand", "is missing: there is no command to start.");
            return null;
        }

        return new Model.SourceFile
        {
            Runtime = values.Runtime ?? string.Empty,
            Build = { Build = string.IsNullOrEmpty(values.BuildCommand) ? [] : [values.BuildCommand!] },
            Run =
            {
                Command = values.StartCommand!,
                Port = int.TryParse(values.Port, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : int.Parse(RunSettingRules.DefaultPort, CultureInfo.InvariantCulture),
                EnvironmentVariables = values.RuntimeEnvironmentVariables ?? [],
                Secrets = values.RuntimeEnvironmentSecrets ?? [],
            },
        };
    }

    private static string Ignored(Model.SourceFile settings, RuntimeImage image)
    {
        List<string> lines =
        [
            "# Not for the image: history, and files that often have secrets or belong to one computer.",
            "# App Runner builds from a checkout: if such a file is in your repository and the program needs it, remove its line.",
            ".git",
            "**/.env",
            "**/.env.*",
            "**/*.pem",
            "**/*.key",
            "*.Dockerfile",
            "*.dockerignore",
        ];
        if (settings.Build.Build.Count > 0)
            lines.AddRange(image.Ignored);
        return string.Join("\n", lines) + "\n";
    }
}

/// <summary>The public image that stands for a managed runtime. App Runner's own images are not public, so this is a judgement.</summary>
/// <param name="Name">The image, without its tag.</param>
/// <param name="Tag">The tag.</param>
/// <param name="IsRevisedBuild">Whether App Runner copies only the source directory into the image that runs.</param>
/// <param name="IsAmazonLinux">Whether it is based on Amazon Linux, as App Runner's images are.</param>
/// <param name="Ignored">What the build makes itself.</param>
internal sealed record RuntimeImage(string Name, string Tag, bool IsRevisedBuild, bool IsAmazonLinux, string[] Ignored)
{
    private const string Library = "public.ecr.aws/docker/library/";

    private static readonly Dictionary<string, (string Name, string Tag, bool HasVersions)> Known = new(StringComparer.Ordinal)
    {
        [Runtime.Python3] = (Library + "python", "3.8", true),
        [Runtime.Python311] = (Library + "python", "3.11", true),
        [Runtime.NodeJs12] = (Library + "node", "12", true),
        [Runtime.NodeJs14] = (Library + "node", "14", true),
        [Runtime.NodeJs16] = (Library + "node", "16", true),
        [Runtime.NodeJs18] = (Library + "node", "18", true),
        [Runtime.NodeJs22] = (Library + "node", "22", true),
        [Runtime.Corretto8] = (Library + "maven", "3-amazoncorretto-8", false),
        [Runtime.Corretto11] = (Library + "maven", "3-amazoncorretto-11", false),
        [Runtime.Go1] = (Library + "golang", "1.18", true),
        [Runtime.DotNet6] = ("mcr.microsoft.com/dotnet/sdk", "6.0", false),
        [Runtime.Php81] = (Library + "php", "8.1", true),
        [Runtime.Ruby31] = (Library + "ruby", "3.1", true),
    };

    /// <summary>The runtimes that have an image.</summary>
    public static IReadOnlyCollection<string> Runtimes => Known.Keys;

    /// <summary>The image of a runtime.</summary>
    /// <param name="settings">The runtime, in the notation of the API or of apprunner.yaml, and its version.</param>
    /// <param name="service">The service, for problems.</param>
    /// <param name="problems">Gets an error if the runtime is unknown.</param>
    /// <returns>The image; null if the runtime is unknown.</returns>
    public static RuntimeImage? Of(Model.SourceFile settings, ServiceSnapshot service, ExportProblems problems)
    {
        var runtime = Known.Keys.FirstOrDefault(known => Simplified(known) == Simplified(settings.Runtime));
        if (runtime is null)
        {
            problems.Refuse(service, "Runtime", $"'{settings.Runtime}' has no known base image ({string.Join(", ", Known.Keys)}).");
            return null;
        }

        var (name, tag, hasVersions) = Known[runtime];
        if (settings.Run.RuntimeVersion is { Length: > 0 } version)
        {
            if (hasVersions && Regex.IsMatch(version, "\\A[0-9]+(\\.[0-9]+)*\\z"))
                tag = version;
            else
                problems.Warn(service, Model.SourceFile.FileName + ": run.runtime-version", $"is not used: the base image is {name}:{tag}.");
        }

        string[] ignored = name switch
        {
            Library + "node" => ["**/node_modules"],
            Library + "python" => ["**/__pycache__", "**/.venv"],
            _ => [],
        };
        return new RuntimeImage(name, tag, RunSettingRules.IsRevisedBuild(runtime), name == Library + "maven", ignored);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}:{Tag}";

    /// <summary>Whether it is the image of PHP, which has no Composer.</summary>
    public bool NeedsComposer => Name == Library + "php";

    /// <summary>The image that has Composer.</summary>
    public static string Composer => Library + "composer:2";

    private static string Simplified(string runtime) => runtime.Replace("_", string.Empty).ToLowerInvariant();
}

/// <summary>Writes a Dockerfile.</summary>
/// <param name="service">The service.</param>
/// <param name="settings">How it is built and run.</param>
/// <param name="image">The base image.</param>
/// <param name="folder">The source directory in the repository; empty for its root.</param>
/// <param name="noValue">Whether the values of variables are left out.</param>
/// <param name="problems">Gets what cannot be written.</param>
internal sealed class DockerfileText(ServiceSnapshot service, Model.SourceFile settings, RuntimeImage image, string folder, bool noValue, ExportProblems problems)
{
    private const string Root = "/app";
    private const string PortVariable = "PORT";

    private readonly StringBuilder text = new();

    private string WorkFolder => folder.Length == 0 ? Root : $"{Root}/{folder}";

    /// <summary>Writes the file.</summary>
    /// <param name="name">Its name, for the comment that says how it is used.</param>
    /// <returns>The text.</returns>
    public string Write(string name)
    {
        WriteComments(name);
        var commands = settings.Build.PreBuild.Concat(settings.Build.Build).Concat(settings.Build.PostBuild).ToArray();
        if (!image.IsAmazonLinux && commands.Concat(settings.Run.PreRun).Any(command => Regex.IsMatch(command, "(^|[\\s;&|(])(yum|dnf|microdnf|amazon-linux-extras)\\s", RegexOptions.CultureInvariant)))
            problems.Warn(service, "BuildCommand", $"uses the package manager of Amazon Linux, on which App Runner's images are based. {image} is based on Debian: use apt-get, and the names of its packages.");
        if (image.Name.EndsWith("maven", StringComparison.Ordinal) && commands.Any(command => Regex.IsMatch(command, "(^|[\\s;&|(])gradle\\s", RegexOptions.CultureInvariant)))
            problems.Warn(service, "BuildCommand", $"uses gradle, which {image} does not have: use the Gradle Wrapper of the project.");

        Line($"FROM {image}{(image.IsRevisedBuild ? " AS build" : string.Empty)}");
        if (image.NeedsComposer)
            Line($"COPY --from={RuntimeImage.Composer} /usr/bin/composer /usr/local/bin/composer");
        Line("COPY . " + Root);
        WriteCommands(commands);
        if (image.IsRevisedBuild)
        {
            Line();
            Line($"FROM {image}");
            Line($"COPY --from=build {JsonArguments([WorkFolder, WorkFolder])}");
        }

        if (image.IsRevisedBuild || settings.Run.PreRun.Count > 0)
            WriteCommands(settings.Run.PreRun);
        WriteVariables();
        Line();
        Line($"EXPOSE {settings.Run.Port.ToString(CultureInfo.InvariantCulture)}");
        var command = CommandSplitter.Split(settings.Run.Command, out var openQuote);
        if (openQuote is not null)
            problems.Refuse(service, "StartCommand", $"has an opening quote ({openQuote}) without a closing one.");
        Line($"CMD {JsonArguments(command)}");
        return text.ToString();
    }

    private void WriteComments(string name)
    {
        Line($"# The App Runner service {service.Service.ServiceName} as an image, written by Export-ARService. Run in the root folder of the repository:");
        Line($"#   docker build --file {name} --tag {service.Service.ServiceName} .");
        Line($"# Without BuildKit, also copy {name}.dockerignore to .dockerignore in that folder.");
        Line("#");
        Line($"# The base image is a judgement: App Runner's own image of the runtime {settings.Runtime} is not public. {image}");
        Line($"# has the same version{(image.IsAmazonLinux ? " and is based on Amazon Linux too" : ", but is based on Debian, not on Amazon Linux")}. Use another one if commands or libraries differ.");
        if (settings.Run.Secrets.Count > 0)
            Line($"# Secrets are not in the image. Give them to the container: {string.Join(", ", settings.Run.Secrets.Keys.Select(Shown))}");
        Line();
    }

    private void WriteCommands(IReadOnlyList<string> commands)
    {
        Line("WORKDIR " + Escape(WorkFolder, ['\\', '$', '"', '\'']));
        if (commands.Count == 0)
            return;

        // An argument is a variable of the commands, but not of the program.
        foreach (var variable in Writable(settings.Build.EnvironmentVariables, "build.env"))
            Line(noValue ? $"ARG {variable.Key}" : $"ARG {variable.Key}={Quoted(variable.Value)}");
        foreach (var command in commands)
            Line("RUN " + (NeedsExecForm(command) ? JsonArguments(["/bin/sh", "-c", command]) : command));
    }

    private void WriteVariables()
    {
        var port = settings.Run.Port.ToString(CultureInfo.InvariantCulture);
        var variables = Writable(settings.Run.EnvironmentVariables, "RuntimeEnvironmentVariables").Where(variable => variable.Key != PortVariable && variable.Key != settings.Run.PortVariable).ToArray();
        Line();
        if (noValue && variables.Length > 0)
            Line($"# Variables without their values (-NoValue). Give them to the container: {string.Join(", ", variables.Select(variable => Shown(variable.Key)))}");
        else
            Array.ForEach(variables, variable => Line($"ENV {variable.Key}={Quoted(variable.Value)}"));
        Line($"ENV {PortVariable}={port}");
        if (settings.Run.PortVariable is { Length: > 0 } name && name != PortVariable)
            Line($"ENV {name}={port}");
    }

    private IEnumerable<KeyValuePair<string, string>> Writable(Dictionary<string, string> variables, string path)
    {
        foreach (var variable in variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (!RunSettingRules.IsVariableName(variable.Key) || variable.Value.IndexOfAny(['\n', '\r', '\0']) >= 0)
                problems.Warn(service, path, $"has a name or value that a Dockerfile cannot have ({Shown(variable.Key)}): give it to the container.");
            else
                yield return variable;
        }
    }

    // A key can be a value in the wrong place.
    private static string Shown(string name) => RunSettingRules.IsVariableName(name) ? name : "another one";

    // Docker reads a backslash at the end of a line, << and a beginning [ or -- itself.
    private static bool NeedsExecForm(string command) => command.IndexOfAny(['\n', '\r']) >= 0 || command.TrimEnd() is [.., '\\'] || command.Contains("<<") || command.TrimStart() is ['[' or '-' or '#', ..] or [];

    private static string Quoted(string value) => $"\"{Escape(value, ['\\', '"', '$'])}\"";

    private static string Escape(string value, char[] special)
    {
        var escaped = new StringBuilder();
        foreach (var c in value)
            escaped.Append(special.Contains(c) ? "\\" : string.Empty).Append(c);
        return escaped.ToString();
    }

    private static string JsonArguments(IEnumerable<string> arguments) => JsonSerializer.Serialize(arguments.ToArray(), WireJson.Plain);

    private void Line(string line = "") => text.Append(line).Append('\n');
}
