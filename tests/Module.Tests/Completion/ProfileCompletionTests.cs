using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Loading;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Completion;

/// <summary>Completion of profile names, in a separate process with its own shared AWS files.</summary>
public sealed class ProfileCompletionTests
{
    [Fact]
    public async Task Profile_names_of_both_shared_files_are_completed()
    {
        var home = Directory.CreateTempSubdirectory("apprunner-tests-");
        try
        {
            var config = Path.Combine(home.FullName, "config");
            var credentials = Path.Combine(home.FullName, "credentials");
            await File.WriteAllTextAsync(config, "[profile dev]\nregion = eu-west-1\n[profile other]\n", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(credentials, "[deploy]\naws_access_key_id = a\naws_secret_access_key = b\n", TestContext.Current.CancellationToken);

            var offered = await Probe.StartAsync(
                "foreach ($line in 'Get-ARService -ProfileName d', 'Set-ARContext -ProfileName D') { \"$((TabExpansion2 $line $line.Length).CompletionMatches.CompletionText)\" }",
                ("HOME", home.FullName),
                ("USERPROFILE", home.FullName),
                ("AWS_SHARED_CREDENTIALS_FILE", credentials),
                ("AWS_CONFIG_FILE", config),
                ("AWS_EC2_METADATA_DISABLED", "true"));

            // After the output the probe lists the loaded assemblies.
            offered.Take(2).ShouldBe(["deploy dev", "deploy dev"]);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
