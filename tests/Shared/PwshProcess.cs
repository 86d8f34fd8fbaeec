using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AppRunner.Tests.Shared;

/// <summary>
/// PowerShell as a process of its own: the complete pwsh that tools/Pwsh starts, with the staged module on its module path unless another path is given.
/// A project that uses it imports tools/Pwsh/PowerShell.props and has the assembly metadata Pwsh and RepositoryRoot.
/// </summary>
internal sealed record PwshProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // More processes than cores only slow each other down.
    private static readonly SemaphoreSlim Slots = new(2);

    /// <summary>The root folder of the repository.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>The output, without empty lines.</summary>
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).ToArray();

    public static async Task<PwshProcess> Run(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null, TimeSpan? limit = null)
    {
        var stop = TestContext.Current.CancellationToken;
        await Slots.WaitAsync(stop);
        try
        {
            using var process = new Process { StartInfo = StartInfo(arguments, environment ?? []) };
            process.Start();
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(stop);
            var error = process.StandardError.ReadToEndAsync(stop);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
            timeout.CancelAfter(limit ?? Limit);
            try
            {
                await process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"pwsh did not end. Output so far:\n{await output}\n{await error}");
            }

            return new PwshProcess(process.ExitCode, await output, await error);
        }
        finally
        {
            Slots.Release();
        }
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend("-NonInteractive").Prepend("-NoProfile").Prepend(Metadata("Pwsh")).Prepend("exec"))
            start.ArgumentList.Add(argument);
        start.Environment["PSModulePath"] = Path.Combine(RepositoryRoot, "out");
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    private static string Metadata(string key) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
