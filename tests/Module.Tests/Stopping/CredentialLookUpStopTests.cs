using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Loading;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Stopping;

/// <summary>In a process of its own: the SDK keeps the address of the metadata service for the whole process.</summary>
public sealed class CredentialLookUpStopTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("apprunner-tests-");

    public void Dispose() => home.Delete(recursive: true);

    [Fact]
    public async Task A_look_up_at_a_metadata_service_that_never_answers_is_given_up()
    {
        var asked = new TaskCompletionSource();
        await using var metadata = new ScriptedServer(_ =>
        {
            asked.TrySetResult();
            return ScriptedServer.Silence();
        });

        var lines = await Probe.StartAndStopAsync(
            "Get-ARService -Region us-east-1",
            asked.Task,
            ("HOME", home.FullName),
            ("USERPROFILE", home.FullName),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.Url));

        lines.Where(line => line.StartsWith("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        var took = lines.Single(line => line.StartsWith("STOPPED ", StringComparison.Ordinal))["STOPPED ".Length..];
        TimeSpan.Parse(took, System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }
}
