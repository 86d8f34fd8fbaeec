using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace AppRunner.Benchmarks;

/// <summary>The same one call by other people's clients, as whole processes, where they are installed.</summary>
internal static class OtherClients
{
    private const string Python = "import boto3; boto3.client('apprunner').list_services()";
    private const string JavaScript = "const { AppRunnerClient, ListServicesCommand } = require('@aws-sdk/client-apprunner'); new AppRunnerClient({}).send(new ListServicesCommand({})).then(() => 0);";

    public static IEnumerable<(string Name, string Program, string[] Arguments)> Commands()
    {
        yield return ("AWS CLI: aws apprunner list-services", "aws", ["apprunner", "list-services"]);
        yield return ("boto3: list_services", "python3", ["-c", Python]);
        yield return ("AWS SDK for JavaScript: ListServices", "node", ["-e", JavaScript]);
    }

    /// <summary>Milliseconds of one run; null where the program or its library is not there.</summary>
    public static double? Time(string program, string[] arguments, ServerAddress server)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        server.Export(start.Environment);
        try
        {
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? watch.Elapsed.TotalMilliseconds : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Milliseconds that pwsh itself needs to import a module; null where it is not installed.</summary>
    public static double? ImportInPwsh(string module)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-Command", $"1 | ForEach-Object {{ $_ }} | Out-Null; $w = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{module}'; $w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)"]) { RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return double.TryParse(output, NumberStyles.Float, CultureInfo.InvariantCulture, out var time) ? time : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public static string? Shell()
    {
        var folder = Path.GetFullPath(Path.Combine(Engine.ModulePath, "..", "..", "src", "Shell", "bin"));
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.runtimeconfig.json", SearchOption.AllDirectories).Where(file => file.Contains("Release", StringComparison.Ordinal)).Select(file => file.Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal)).FirstOrDefault(File.Exists)
            : null;
    }
}
