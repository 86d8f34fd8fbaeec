using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Loading;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Stopping;

/// <summary>In a separate process, because the SDK caches the address of the metadata service for the process.</summary>
public sealed class CredentialLookupStopTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("apprunner-tests-");

    public void Dispose() => home.Delete(recursive: true);

    [Fact]
    public async Task Ctrl_C_cancels_a_credential_lookup_at_an_unresponsive_metadata_service()
    {
        var requestReceived = new TaskCompletionSource();
        await using var metadata = new ScriptedServer(_ =>
        {
            requestReceived.TrySetResult();
            return ScriptedServer.Silence();
        });

        var lines = await Probe.StartAndStopAsync(
            "Get-ARService -Region us-east-1",
            requestReceived.Task,
            ("HOME", home.FullName),
            ("USERPROFILE", home.FullName),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.Url));

        lines.Where(line => line.StartsWith("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        var took = lines.Single(line => line.StartsWith("STOPPED ", StringComparison.Ordinal))["STOPPED ".Length..];
        TimeSpan.Parse(took, System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }
}
