using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Conformance.Tests.Clients;

/// <summary>A program of this computer and the result of a run.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record Tool(int ExitCode, string Output, string Errors)
{
    /// <summary>Finds a program on the PATH.</summary>
    /// <param name="name">Its name without extension.</param>
    /// <returns>The full path; null if it is not on the PATH.</returns>
    public static string? Find(string name)
    {
        var extensions = OperatingSystem.IsWindows() ? (Environment.GetEnvironmentVariable("PATHEXT") ?? ".EXE;.CMD").Split(';') : [string.Empty];
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => extensions.Select(extension => Path.Combine(folder, name + extension)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Runs a program.</summary>
    /// <param name="start">What to run.</param>
    /// <param name="limit">The timeout.</param>
    /// <exception cref="TimeoutException">It took longer and was killed.</exception>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static async Task<Tool> RunAsync(ProcessStartInfo start, TimeSpan limit)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var end = new CancellationTokenSource(limit);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Path.GetFileName(start.FileName)} took longer than {limit.TotalSeconds} s.");
        }

        return new Tool(process.ExitCode, await output, await errors);
    }

    /// <summary>Sets the keys and the region of an endpoint in the environment of a program, and removes all other AWS settings.</summary>
    /// <param name="start">The start information to change.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="configFile">The AWS config file; it may be missing.</param>
    public static void Export(ProcessStartInfo start, Model.LocalEndpoint endpoint, string configFile)
    {
        var own = new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = endpoint.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = endpoint.SecretKey,
            ["AWS_REGION"] = endpoint.Region,
            ["AWS_DEFAULT_REGION"] = endpoint.Region,
            ["AWS_CONFIG_FILE"] = configFile,
            ["AWS_SHARED_CREDENTIALS_FILE"] = configFile,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_MAX_ATTEMPTS"] = "1",
            ["AWS_PAGER"] = string.Empty,
            ["NO_PROXY"] = "127.0.0.1",
            ["no_proxy"] = "127.0.0.1",
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in own)
            start.Environment[name] = value;
    }
}
