using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace AppRunner.Benchmarks;

/// <summary>
/// Measures how long a definition of 200 members takes to become a request's objects, beside another build of the module. Each build runs
/// in a PowerShell of its own, in turn: a process can load only one of them.
/// </summary>
internal static class Binding
{
    private const int Rounds = 7;

    // The method is internal, because no cmdlet does only this.
    private const string Script = """
        Import-Module '{0}'
        $definition = (Get-Command New-ARService).ImplementingType.Assembly.GetType('AppRunner.Services.ServiceDefinition')
        $from = $definition.GetMethods([System.Reflection.BindingFlags]'Public,NonPublic,Static').Where{ $_.Name -eq 'From' -and $_.GetParameters().Count -eq 2 }[0]
        $problems = [Activator]::CreateInstance([System.Collections.Generic.List`1].MakeGenericType($from.GetParameters()[1].ParameterType.GenericTypeArguments[0]))
        $names = 1..90 | ForEach-Object { "NAME_$_" }
        function New-Definition($make) {
            $variables = [ordered]@{}; foreach ($name in $names) { $variables[$name] = 'a value of some length' }
            $secrets = [ordered]@{}; foreach ($name in $names) { $secrets["S_$name"] = 'arn:aws:ssm:us-east-1:123456789012:parameter/p' }
            & $make ([ordered]@{
                ServiceName = 'web'; AutoScalingConfigurationArn = 'arn:aws:apprunner:us-east-1:123456789012:autoscalingconfiguration/high/1'
                SourceConfiguration = & $make ([ordered]@{ ImageRepository = & $make ([ordered]@{
                    ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; ImageRepositoryType = 'ECR_PUBLIC'
                    ImageConfiguration = & $make ([ordered]@{ Port = 80; StartCommand = 'run'; RuntimeEnvironmentVariables = & $make $variables; RuntimeEnvironmentSecrets = & $make $secrets }) }) })
                InstanceConfiguration = & $make ([ordered]@{ Cpu = 1; Memory = 2 })
                HealthCheckConfiguration = & $make ([ordered]@{ Protocol = 'HTTP'; Path = '/'; Interval = 5; Timeout = 2 })
                Tags = @(1..3 | ForEach-Object { & $make ([ordered]@{ Key = "k$_"; Value = 'v' }) })
            })
        }
        $inputs = (New-Definition { param($members) $table = @{}; foreach ($key in $members.Keys) { $table[$key] = $members[$key] }; $table }), (New-Definition { param($members) [pscustomobject]$members })
        foreach ($definition in $inputs) {
            $arguments = @($definition, $problems)
            $batches = foreach ($batch in 1..40) {
                $watch = [System.Diagnostics.Stopwatch]::StartNew()
                for ($call = 0; $call -lt 50; $call++) { $null = $from.Invoke($null, $arguments) }
                $watch.Elapsed.TotalMicroseconds / 50
            }
            ($batches | Sort-Object)[10].ToString([cultureinfo]::InvariantCulture)
        }
        if ($problems.Count) { throw $problems[0] }
        """;

    /// <summary>Runs the benchmark.</summary>
    /// <param name="other">The folder of another build, such as <c>out/AppRunner</c> of a worktree at an earlier commit; null to measure this one alone.</param>
    public static void Run(string? other)
    {
        var table = new Table("a definition of 200 members", "other build", "this build", "ratio", "target");
        var rounds = Enumerable.Range(0, Rounds).Select(_ => (Other: other is null ? null : Measure(other), This: Measure(Engine.ModulePath))).ToArray();
        foreach (var (form, index) in new[] { "hashtables", "PSCustomObjects" }.Select((form, index) => (form, index)))
        {
            var mine = Median(rounds.Select(round => round.This[index]));
            var others = other is null ? double.NaN : Median(rounds.Select(round => round.Other![index]));
            table.Add(form, Table.Show(others, "us"), Table.Show(mine, "us"), Table.Ratio(mine, others), "at most 1.5");
        }

        table.Print();
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static double[] Measure(string module)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [.. OtherClients.Pwsh, Script.Replace("{0}", module, StringComparison.Ordinal)]) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0 && lines.Length == 2
            ? lines.Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToArray()
            : throw new InvalidOperationException($"The measurement of {module} failed.");
    }
}
