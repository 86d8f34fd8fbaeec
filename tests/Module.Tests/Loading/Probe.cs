using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;
using Xunit;

namespace AppRunner.Module.Tests.Loading;

/// <summary>Runs a script in a separate process.</summary>
internal static class Probe
{
    public const string RunArgument = "--probe";
    public const string EmptyArgument = "--probe-empty";
    public const string StopArgument = "--probe-stop";

    /// <summary>In the new process: writes the script's output and errors line by line, then the loaded assemblies.</summary>
    /// <param name="script">The script.</param>
    /// <param name="isEmpty">Whether the script imports the module itself.</param>
    public static int Run(string script, bool isEmpty)
    {
        using var session = isEmpty ? Session.Empty() : Session.Plain();
        var result = session.Run(script);
        foreach (var item in result.Output)
            Console.WriteLine(item);
        WriteErrors(result);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            Console.WriteLine("LOADED " + assembly.GetName().Name);
        return result.Ended is null ? 0 : 1;
    }

    /// <summary>In the new process: stops the script when it reads a line, and writes the time it took to end, its warnings and its errors.</summary>
    public static async Task<int> StopAsync(string script)
    {
        using var session = Session.Plain();
        var (result, took) = await session.StopAsync(script, Task.Run(Console.ReadLine));
        Console.WriteLine("STOPPED " + took);
        foreach (var line in session.Host.WarningLines)
            Console.WriteLine("WARNING " + line);
        WriteErrors(result);
        return 0;
    }

    /// <summary>Starts the process and reads its output.</summary>
    /// <param name="script">The script.</param>
    /// <param name="environment">Variables to set.</param>
    public static async Task<string[]> StartAsync(string script, params (string Name, string Value)[] environment)
    {
        using var process = Start(RunArgument, script, environment);
        return await ReadAsync(process);
    }

    /// <summary>Starts the process without the module, which the script can import, and reads its output.</summary>
    /// <param name="script">The script.</param>
    public static async Task<string[]> StartEmptyAsync(string script)
    {
        using var process = Start(EmptyArgument, script, []);
        return await ReadAsync(process);
    }

    /// <summary>Starts the process, stops its script when a task completes, and reads its output.</summary>
    /// <param name="script">The script.</param>
    /// <param name="moment">Completes when the script is to be stopped.</param>
    /// <param name="environment">Variables to set.</param>
    public static async Task<string[]> StartAndStopAsync(string script, Task moment, params (string Name, string Value)[] environment)
    {
        using var process = Start(StopArgument, script, environment);
        try
        {
            await moment.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
        finally
        {
            process.StandardInput.Close();
        }

        return await ReadAsync(process);
    }

    private static void WriteErrors(RunResult result)
    {
        foreach (var error in result.Errors)
            Console.WriteLine($"ERROR {error.Id()} {error}");
    }

    private static Process Start(string argument, string script, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(Probe).Assembly.Location);
        start.ArgumentList.Add(argument);
        start.ArgumentList.Add(script);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<string[]> ReadAsync(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return process.ExitCode == 0 ? lines : throw new InvalidOperationException(output + await errors);
    }
}
