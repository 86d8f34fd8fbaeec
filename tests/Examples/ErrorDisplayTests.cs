using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Tests.Shared;
using Shouldly;
using Xunit;

namespace AppRunner.Examples.Tests;

/// <summary>How a script or a CI job shows errors: ConciseView joins the lines of a message to one paragraph.</summary>
public sealed class ErrorDisplayTests
{
    [Fact]
    public async Task Problems_of_a_definition_are_numbered_in_the_output_of_a_script()
    {
        var shown = await ErrorsOf("""
            Import-Module AppRunner
            New-ARService x public.ecr.aws/nginx/nginx:1 -Port 99999 -Cpu 9
            New-ARService web-app public.ecr.aws/nginx/nginx:1 -Port 99999
            """);

        ShouldHaveInOrder(shown, "has 3 problems: (1) ", " (2) ", " (3) ");
        shown.Split("(1)").Length.ShouldBe(2, "One problem alone has no number: " + shown);
    }

    [Fact]
    public async Task Log_lines_of_a_failed_operation_are_numbered_in_the_output_of_a_script()
    {
        var shown = await ErrorsOf("""
            Import-Module AppRunner
            $endpoint = Start-ARLocalEndpoint
            $endpoint.SetNextOutcome('FAILED')
            New-ARService web-app public.ecr.aws/nginx/nginx:1 -Wait
            """);

        ShouldHaveInOrder(shown, "The last lines of its log: (1) [AppRunner] Starting to deploy your application image.", " (2) [AppRunner] The outcome FAILED", " (3) [AppRunner] Failed to deploy your application image.");
    }

    private static void ShouldHaveInOrder(string shown, params string[] parts)
    {
        var positions = parts.Select(part => shown.IndexOf(part, StringComparison.Ordinal)).ToArray();
        positions.ShouldAllBe(position => position >= 0, shown);
        positions.ShouldBeInOrder();
    }

    // The error stream of a script file, without line breaks and the bars of ConciseView.
    private static async Task<string> ErrorsOf(string script)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("apprunner-tests-").FullName, "deploy.ps1");
        try
        {
            await File.WriteAllTextAsync(file, script, TestContext.Current.CancellationToken);
            var run = await PwshProcess.Run(["-File", file]);
            return string.Join(' ', run.Error.Split([' ', '\n', '\r', '|'], StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }
}
