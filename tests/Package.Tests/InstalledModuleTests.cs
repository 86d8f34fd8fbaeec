using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AppRunner.Tests.Shared;
using Shouldly;
using Xunit;

namespace AppRunner.Package.Tests;

/// <summary>The unpacked package in the complete PowerShell, with no other copy of the module on PSModulePath.</summary>
[Collection(nameof(BuiltPackage))]
public sealed partial class InstalledModuleTests(BuiltPackage package)
{
    [Fact]
    public async Task The_quick_start_deploys_rolls_back_and_cleans_up()
    {
        // A copy of the examples, because the originals are beside the built module.
        var examples = Directory.CreateTempSubdirectory("ar-examples-");
        var temporary = Directory.CreateTempSubdirectory("ar-");
        try
        {
            Copy(Repository.PathOf("examples"), examples.FullName);
            var script = $"& '{examples.FullName}/quickstart.ps1'; 'MODULE|' + (Get-Module AppRunner).ModuleBase; [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object {{ -not $_.IsDynamic }} | ForEach-Object {{ 'LOADED|' + $_.GetName().Name + '|' + $_.Location }}";
            var variables = new[] { "TMPDIR", "TEMP", "TMP" }.Select(name => KeyValuePair.Create(name, temporary.FullName));

            // The script builds an application three times.
            var run = await PwshProcess.Run(["-Command", script], [.. variables, KeyValuePair.Create("PSModulePath", package.ModulePath)], TimeSpan.FromMinutes(10));

            run.ExitCode.ShouldBe(0, run.Error + run.Output);
            run.Error.ShouldBeEmpty();
            var lines = run.OutputLines;
            var first = Array.FindIndex(lines, line => line.EndsWith("responds: Hello from version 1", StringComparison.Ordinal));
            var rollback = Array.FindIndex(lines, line => line.Contains("OperationRolledBack,AppRunner.Services.UpdateServiceCommand", StringComparison.Ordinal));
            var reason = Array.FindIndex(lines, line => line.Contains("Health check failed", StringComparison.Ordinal));
            var before = Array.FindLastIndex(lines, line => line.EndsWith("responds: Hello from version 1", StringComparison.Ordinal));
            var next = Array.FindIndex(lines, line => line.EndsWith("responds: Hello from version 2", StringComparison.Ordinal));
            var followed = Array.FindIndex(lines, line => line.EndsWith("GET / -> 200: Hello from version 2", StringComparison.Ordinal));
            int[] order = [first, rollback, reason, before, next, followed];
            first.ShouldNotBe(-1, run.Output);
            order.ShouldBeInOrder(SortDirection.Ascending, run.Output);
            order.ShouldBeUnique(run.Output);
            run.Output.ShouldContain("ROLLBACK_SUCCEEDED");
            run.Output.ShouldContain("DELETED");

            temporary.GetDirectories("apprunner-*").ShouldBeEmpty();
            var ports = Ports().Matches(run.Output).Select(match => int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture)).Distinct().ToArray();
            ports.Length.ShouldBeGreaterThanOrEqualTo(3, "the endpoint's, the service's and an instance's");
            ports.ShouldAllBe(port => IsFree(port));

            Lines(run, "MODULE").Single()[0].ShouldBe(package.Module);
            var loaded = Lines(run, "LOADED").Where(line => IsShipped(line[0])).ToArray();
            new[] { "AppRunner", "AppRunner.Model", "AppRunner.Client", "AppRunner.LocalEndpoint", "YamlDotNet", "AWSSDK.Core" }.ShouldBeSubsetOf(loaded.Select(line => line[0]));
            loaded.ShouldAllBe(line => line[1].StartsWith(package.Module, StringComparison.Ordinal));
        }
        finally
        {
            examples.Delete(recursive: true);
            temporary.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"(?:127\.0\.0\.1:|\.localhost:|listens on port )(?<port>\d+)")]
    private static partial Regex Ports();

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsShipped(string assembly) =>
        assembly is "AppRunner" or "YamlDotNet" || assembly.StartsWith("AWSSDK.", StringComparison.Ordinal) || assembly.StartsWith("AppRunner.", StringComparison.Ordinal);

    private static IEnumerable<string[]> Lines(PwshProcess run, string kind) => run.OutputLines.Where(line => line.StartsWith(kind + '|', StringComparison.Ordinal)).Select(line => line.Split('|')[1..]);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
            Copy(folder, Directory.CreateDirectory(Path.Combine(to, Path.GetFileName(folder))).FullName);
    }
}
