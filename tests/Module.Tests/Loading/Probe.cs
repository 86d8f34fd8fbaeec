using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;
using Xunit;

namespace AppRunner.Module.Tests.Loading;

/// <summary>A script in a process of its own.</summary>
internal static class Probe
{
    public const string Argument = "--probe";

    /// <summary>In the new process: writes the script's output and errors line by line, then the assemblies that are loaded.</summary>
    public static int Run(string script)
    {
        using var session = Session.Plain();
        var result = session.Run(script);
        foreach (var item in result.Output)
            Console.WriteLine(item);
        foreach (var error in result.Errors)
            Console.WriteLine($"ERROR {error.Id()} {error}");
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            Console.WriteLine("LOADED " + assembly.GetName().Name);
        return result.Ended is null ? 0 : 1;
    }

    /// <summary>Starts the process and reads what it wrote.</summary>
    /// <param name="script">The script.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    public static async Task<string[]> StartAsync(string script, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(Probe).Assembly.Location);
        start.ArgumentList.Add(Argument);
        start.ArgumentList.Add(script);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return process.ExitCode == 0 ? lines : throw new InvalidOperationException(output + await errors);
    }
}
