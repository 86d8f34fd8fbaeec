using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using AppRunner.LocalEndpoint.Execution;
using Shouldly;

namespace AppRunner.Unit.Tests.Execution;

/// <summary>A git repository in a temporary folder.</summary>
internal sealed class GitFolder : IDisposable
{
    public GitFolder(params (string Path, string Text)[] files)
    {
        Path = Directory.CreateTempSubdirectory("ar-repository-").FullName;
        Git("init", "--quiet", "--initial-branch=main");
        Commit(files);
    }

    public string Path { get; }

    public string Commit(params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            var file = System.IO.Path.Combine(Path, path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Git("add", "--all");
        Git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--allow-empty", "--message=change");
        return Git("rev-parse", "HEAD").Trim();
    }

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var name in ((IEnumerable<string>)start.Environment.Keys).Where(key => key.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors.Result);
        return output;
    }

    public void Dispose() => FolderRemoval.TryDelete(Path).ShouldBeNull();
}
