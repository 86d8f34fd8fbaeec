using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace AppRunner.Benchmarks;

/// <summary>The same call with other clients, each in a separate process, if they are installed.</summary>
internal static class OtherClients
{
    private const string Python = "import boto3; boto3.client('apprunner').list_services()";
    private const string JavaScript = "const { AppRunnerClient, ListServicesCommand } = require('@aws-sdk/client-apprunner'); new AppRunnerClient({}).send(new ListServicesCommand({})).then(() => 0);";

    /// <summary>The pwsh.dll of the complete PowerShell that tools/Pwsh pins, or of another one.</summary>
    public static string PwshPath { get; set; } = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Pwsh").Value!;

    /// <summary>The arguments with which dotnet starts it; followed by a command.</summary>
    public static string[] Pwsh => ["exec", PwshPath, "-NoProfile", "-NonInteractive", "-Command"];

    public static IEnumerable<(string Name, string Program, string[] Arguments)> Commands()
    {
        yield return ("AWS CLI: aws apprunner list-services", "aws", ["apprunner", "list-services"]);
        yield return ("boto3: list_services", "python3", ["-c", Python]);
        yield return ("AWS SDK for JavaScript: ListServices", "node", ["-e", JavaScript]);
    }

    /// <summary>Milliseconds of one run; null if the program or its library is not installed.</summary>
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
}
