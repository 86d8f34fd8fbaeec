using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Loading;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Completion;

/// <summary>Profiles are completed from the shared AWS files, in a process of its own that has no others.</summary>
public sealed class ProfileCompletionTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("apprunner-tests-");

    public void Dispose() => home.Delete(recursive: true);

    [Theory]
    [InlineData("Get-ARService -ProfileName d")]
    [InlineData("Set-ARContext -ProfileName D")]
    public async Task Names_of_both_files_are_offered(string line)
    {
        var config = Path.Combine(home.FullName, "config");
        var credentials = Path.Combine(home.FullName, "credentials");
        await File.WriteAllTextAsync(config, "[profile dev]\nregion = eu-west-1\n[profile other]\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(credentials, "[deploy]\naws_access_key_id = a\naws_secret_access_key = b\n", TestContext.Current.CancellationToken);

        var offered = await Probe.StartAsync(
            $"[System.Management.Automation.CommandCompletion]::CompleteInput('{line}', {line.Length}, $null).CompletionMatches.CompletionText",
            ("HOME", home.FullName),
            ("USERPROFILE", home.FullName),
            ("AWS_SHARED_CREDENTIALS_FILE", credentials),
            ("AWS_CONFIG_FILE", config),
            ("AWS_EC2_METADATA_DISABLED", "true"));

        // Behind its output the probe lists what is loaded.
        offered.TakeWhile(text => !text.StartsWith("LOADED ", StringComparison.Ordinal)).ShouldBe(["deploy", "dev"]);
    }
}
