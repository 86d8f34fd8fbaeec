using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AppRunner.LocalEndpoint.Execution;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

/// <summary>
/// The container engines of this computer. Their image is built from files of this computer, so that no registry is needed: .NET, the
/// system libraries that it uses, and the programs of the tests.
/// </summary>
public sealed class ContainerEngines : IDisposable
{
    private const string ProgramFile = "/app/AppRunner.Tests.Programs.dll";

    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(120);

    private readonly string folder = Directory.CreateTempSubdirectory("ar-engines-").FullName;
    private readonly Dictionary<string, (ContainerEngine? Engine, string Reason)> engines = [];

    /// <summary>The start command of a program of the tests.</summary>
    public static string ProgramCommand(string name) => $"/dotnet/dotnet {ProgramFile} {name}";

    /// <summary>Returns an engine; skips the test if it is not available.</summary>
    /// <param name="name">docker or podman.</param>
    internal ContainerEngine Take(string name)
    {
        if (!engines.TryGetValue(name, out var found))
            engines[name] = found = Find(name);
        Assert.SkipWhen(found.Engine is null, found.Reason);
        return found.Engine!;
    }

    public void Dispose()
    {
        foreach (var (engine, _) in engines.Values)
        {
            if (engine is not null)
                Run(engine.Program, ["rmi", "--force", engine.Image]).ExitCode.ShouldBe(0);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Runs a program and waits for its exit.</summary>
    internal static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(ExitTimeout))
        {
            process.Kill(entireProcessTree: true);
            return (-1, "no exit within " + ExitTimeout);
        }

        return (process.ExitCode, (output.Result + errors.Result).Trim());
    }

    private (ContainerEngine? Engine, string Reason) Find(string name)
    {
        if (!OperatingSystem.IsLinux())
            return (null, "The image is built from files of this computer, which a container can run on Linux only.");
        if (ProgramFinder.OfSession.Find(name) is not { } program)
            return (null, $"{name} is not on the PATH.");
        if (Run(program, ContainerProgram.ProbeArguments) is not (0, _) and var probe)
            return (null, $"{name} does not respond: {probe.Output}");

        // A folder with this engine only; the other one is a stand-in that fails.
        var tools = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        foreach (var each in (string[])["docker", "podman"])
        {
            var file = Path.Combine(tools, each);
            File.CreateSymbolicLink(file, each == name ? program : "/bin/false");
        }

        // Names below .invalid cannot be resolved, so the image is never pulled.
        var image = $"123456789012.dkr.ecr.nowhere.invalid/programs:{Guid.NewGuid():N}";
        if (Import(name, program, image) is not (0, _) and var import)
            return (null, $"{name} cannot import an image: {import.Output}");
        var engine = new ContainerEngine(program, tools, image);
        if (Run(program, "run", "--rm", "--publish", "127.0.0.1::8080", image, "/dotnet/dotnet", ProgramFile, "fail", "9") is not (9, _) and var run)
        {
            Run(program, "rmi", "--force", image);
            return (null, $"{name} cannot run a container: {run.Output}");
        }

        return (engine, string.Empty);
    }

    private (int ExitCode, string Output) Import(string name, string program, string image)
    {
        var tar = Path.Combine(folder, name + ".tar");
        WriteImage(tar);
        try
        {
            return Run(
                program,
                "import",
                "--change", $"CMD [\"/dotnet/dotnet\", \"{ProgramFile}\", \"web\"]",
                "--change", "ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1",
                "--change", "ENV DOTNET_EnableDiagnostics=0",
                "--change", "VOLUME [\"/data\"]",
                tar,
                image);
        }
        finally
        {
            File.Delete(tar);
        }
    }

    private static void WriteImage(string tar)
    {
        // root/shared/Microsoft.NETCore.App/VERSION
        var framework = new FileInfo(typeof(object).Assembly.Location).Directory!;
        var root = framework.Parent!.Parent!.Parent!.FullName;
        var files = new Dictionary<string, string> { ["dotnet/dotnet"] = Path.Combine(root, "dotnet") };
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "host", "fxr"), "*", SearchOption.AllDirectories).Concat(framework.EnumerateFiles().Select(file => file.FullName)))
            files["dotnet/" + Path.GetRelativePath(root, file)] = file;
        foreach (var binary in files.Values.Where(file => Path.GetFileName(file) == "dotnet" || file.EndsWith(".so", StringComparison.Ordinal)).ToArray())
        {
            foreach (Match library in Regex.Matches(Run("ldd", binary).Output, @"(?m)(?:^\s*|=> )(/\S+) \(0x"))
            {
                if (!library.Groups[1].Value.StartsWith(root + "/", StringComparison.Ordinal))
                    files[library.Groups[1].Value.TrimStart('/')] = library.Groups[1].Value;
            }
        }

        foreach (var file in (string[])["AppRunner.Tests.Programs.dll", "AppRunner.Tests.Programs.runtimeconfig.json"])
            files["app/" + file] = Path.Combine(AppContext.BaseDirectory, file);

        using var stream = File.Create(tar);
        using var writer = new TarWriter(stream, TarEntryFormat.Ustar);
        writer.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "tmp/"));
        foreach (var (name, file) in files)
        {
            using var content = File.OpenRead(file);
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute,
            });
        }
    }
}
