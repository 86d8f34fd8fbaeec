using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Loading;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Errors;

/// <summary>Errors without any AWS configuration: in a separate process, without AWS variables and files.</summary>
public sealed class NoCredentialTests
{
    [Fact]
    public async Task Without_region_or_credentials_one_error_says_how_to_set_them()
    {
        var home = Directory.CreateTempSubdirectory("apprunner-tests-");
        try
        {
            var lines = await Probe.StartAsync(
                """
                $show = { "$($_.FullyQualifiedErrorId)|$($_.CategoryInfo.Category)|$($_.ErrorDetails.RecommendedAction)" }
                try { Get-ARService -AccessKey a -SecretKey b -ErrorAction Stop } catch { . $show }
                try { Get-ARService -Region us-east-1 -ErrorAction Stop } catch { . $show }
                @{ ServiceName = 'web1'; ImageIdentifier = 'public.ecr.aws/a/b:1' }, @{ ServiceName = 'web2'; ImageIdentifier = 'public.ecr.aws/a/b:1' } | New-ARService -Region us-east-1
                """,
                ("HOME", home.FullName),
                ("USERPROFILE", home.FullName),
                ("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(home.FullName, "credentials")),
                ("AWS_CONFIG_FILE", Path.Combine(home.FullName, "config")),
                ("AWS_EC2_METADATA_DISABLED", "true"));

            lines[0].ShouldStartWith("NoRegion,AppRunner.Services.GetServiceCommand|InvalidArgument|");
            lines[0].ShouldContain("Set-ARContext -Region");
            lines[1].ShouldStartWith("NoCredential,AppRunner.Services.GetServiceCommand|AuthenticationError|");
            lines[1].ShouldContain("Start-ARLocalEndpoint");

            // The error of the first definition ends the command.
            lines.Count(line => line.StartsWith("ERROR NoCredential", StringComparison.Ordinal)).ShouldBe(1);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
