using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Shell.Tests;

/// <summary>What lies in examples/ runs as it stands.</summary>
public sealed partial class Examples
{
    private const string QuickStart = "quickstart.ps1";

    private static readonly string Folder = FindFolder();

    // The quick start has a test of its own.
    public static TheoryData<string> Scripts => [.. Directory.GetFiles(Folder, "*.ps1").Select(file => Path.GetFileName(file)!).Where(file => file != QuickStart)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Every_example_runs_to_its_end_on_the_local_endpoint(string script)
    {
        var run = await ShellProcess.Run([Path.Combine(Folder, script)]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("RUNNING");
    }

    [Fact]
    public async Task The_rolled_back_update_is_reported_as_one()
    {
        var run = await ShellProcess.Run([Path.Combine(Folder, "rollback.ps1")]);

        run.Output.ShouldContain("OperationRolledBack,AppRunner.Services.UpdateServiceCommand");
        run.Output.ShouldContain("It has:     1 vCPU, 2 GB");
    }

    [Fact]
    public async Task The_quick_start_deploys_rolls_back_and_leaves_nothing()
    {
        var temporary = Directory.CreateTempSubdirectory("ar-");
        try
        {
            var variables = new[] { "TMPDIR", "TEMP", "TMP" }.Select(name => KeyValuePair.Create(name, temporary.FullName));

            // It builds an application three times.
            var run = await ShellProcess.Run([Path.Combine(Folder, QuickStart)], environment: variables, limit: TimeSpan.FromMinutes(10));

            run.ExitCode.ShouldBe(0, run.Error + run.Output);
            run.Error.ShouldBeEmpty();
            var lines = run.OutputLines;
            var first = Array.FindIndex(lines, line => line.EndsWith("answers: Hello from version 1", StringComparison.Ordinal));
            var rollback = Array.FindIndex(lines, line => line.Contains("OperationRolledBack,AppRunner.Services.UpdateServiceCommand", StringComparison.Ordinal));
            var reason = Array.FindIndex(lines, line => line.Contains("Health check failed", StringComparison.Ordinal));
            var before = Array.FindLastIndex(lines, line => line.EndsWith("answers: Hello from version 1", StringComparison.Ordinal));
            var next = Array.FindIndex(lines, line => line.EndsWith("answers: Hello from version 2", StringComparison.Ordinal));
            var followed = Array.FindIndex(lines, line => line.EndsWith("GET / was answered: Hello from version 2", StringComparison.Ordinal));
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
        }
        finally
        {
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

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var examples = Path.Combine(folder.FullName, "examples");
            if (Directory.Exists(examples))
                return examples;
        }

        throw new DirectoryNotFoundException("examples");
    }
}
