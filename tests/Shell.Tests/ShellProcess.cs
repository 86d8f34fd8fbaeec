using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AppRunner.Shell.Tests;

/// <summary>The built shell as a process: what goes in by arguments and standard input, what comes out.</summary>
internal sealed record ShellProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // Two cores: more processes at once only wait for each other.
    private static readonly SemaphoreSlim Slots = new(2);

    private static string ShellDll { get; } = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Shell").Value!;

    /// <summary>The output, without empty lines.</summary>
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).ToArray();

    /// <summary>The error output as one line: long messages are broken at the width of the window.</summary>
    public string ErrorText => string.Join(' ', Error.Split([' ', '\n', '\r', '|'], StringSplitOptions.RemoveEmptyEntries));

    public static Task<ShellProcess> Command(string text, string input = "") => Run(["-Command", text], input);

    public static async Task<ShellProcess> Script(string text, IEnumerable<string>? arguments = null, string input = "")
    {
        var file = Path.Combine(Path.GetTempPath(), $"shell-test-{Guid.NewGuid():N}.ps1");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        try
        {
            return await Run([file, .. arguments ?? []], input);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static async Task<ShellProcess> Run(
        IEnumerable<string> arguments,
        string input = "",
        Func<Process, Task>? meanwhile = null,
        IEnumerable<KeyValuePair<string, string>>? environment = null,
        TimeSpan? limit = null)
    {
        var stop = TestContext.Current.CancellationToken;
        await Slots.WaitAsync(stop);
        try
        {
            using var process = new Process { StartInfo = StartInfo(arguments, environment ?? []) };
            process.Start();
            await process.StandardInput.WriteAsync(input.AsMemory(), stop);
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(stop);
            var before = "";
            if (meanwhile is not null)
            {
                before = await process.StandardOutput.ReadLineAsync(stop) + "\n";
                await meanwhile(process);
            }

            var output = process.StandardOutput.ReadToEndAsync(stop);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(limit ?? Limit);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"The shell did not end. Output so far:\n{before}{await output}\n{await error}");
            }

            return new ShellProcess(process.ExitCode, before + await output, await error);
        }
        finally
        {
            Slots.Release();
        }
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments.Prepend(ShellDll))
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }
}
