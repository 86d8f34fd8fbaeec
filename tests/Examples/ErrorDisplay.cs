using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Tests.Shared;
using Shouldly;
using Xunit;

namespace AppRunner.Examples.Tests;

/// <summary>How a script or a CI job shows errors: ConciseView joins the lines of a message to one paragraph.</summary>
public sealed class ErrorDisplay
{
    [Fact]
    public async Task Problems_of_a_definition_are_numbered_in_the_output_of_a_script()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("apprunner-tests-").FullName, "deploy.ps1");
        try
        {
            await File.WriteAllTextAsync(
                file,
                """
                Import-Module AppRunner
                New-ARService x public.ecr.aws/nginx/nginx:1 -Port 99999 -Cpu 9
                New-ARService web-app public.ecr.aws/nginx/nginx:1 -Port 99999
                """,
                TestContext.Current.CancellationToken);

            var run = await PwshProcess.Run(["-File", file]);

            var shown = string.Join(' ', run.Error.Split([' ', '\n', '\r', '|'], System.StringSplitOptions.RemoveEmptyEntries));
            var numbers = new[] { "has 3 problems: (1) ", " (2) ", " (3) " }.Select(number => shown.IndexOf(number, System.StringComparison.Ordinal)).ToArray();
            numbers.ShouldAllBe(position => position >= 0, run.Error);
            numbers.ShouldBeInOrder();
            shown.Split("(1)").Length.ShouldBe(2, "One problem alone has no number: " + run.Error);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }
}
