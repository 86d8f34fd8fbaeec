using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace AppRunner.Benchmarks;

/// <summary>Runs this program as a server in a child process until it is disposed.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;

    private ChildProcess(Process process, string firstLine)
    {
        this.process = process;
        FirstLine = firstLine;
    }

    /// <summary>The line that the child wrote when it was ready.</summary>
    public string FirstLine { get; }

    public static async Task<ChildProcess> StartAsync(params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{arguments[0]} did not start.");
        return new ChildProcess(process, line);
    }

    /// <summary>The child's side: reports that it is ready, and ends with its standard input.</summary>
    public static async Task ServeAsync(string firstLine)
    {
        Console.WriteLine(firstLine);
        await Console.In.ReadToEndAsync();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
