using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Loading;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Errors;

/// <summary>What is in no environment: each in a process of its own, with no AWS variable and no AWS file.</summary>
public sealed class NoIdentityTests : IDisposable
{
    private const string Show = " -ErrorAction Stop } catch { \"$($_.FullyQualifiedErrorId)|$($_.CategoryInfo.Category)|$($_.ErrorDetails.RecommendedAction)\" }";

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("apprunner-tests-");

    public void Dispose() => home.Delete(recursive: true);

    [Fact]
    public async Task Without_a_region_the_error_says_where_to_give_one()
    {
        var line = await FirstLineAsync("try { Get-ARService -AccessKey a -SecretKey b" + Show);

        line.ShouldStartWith("NoRegion,AppRunner.Services.GetServiceCommand|InvalidArgument|");
        line.ShouldContain("Set-ARContext -Region");
    }

    [Fact]
    public async Task Without_credentials_the_error_says_where_to_get_some()
    {
        var line = await FirstLineAsync("try { Get-ARService -Region us-east-1" + Show);

        line.ShouldStartWith("NoCredential,AppRunner.Services.GetServiceCommand|AuthenticationError|");
        line.ShouldContain("Start-ARLocalEndpoint");
    }

    [Fact]
    public async Task Without_credentials_the_first_of_many_definitions_ends_the_command()
    {
        var lines = await StartAsync("@{ ServiceName = 'web1'; ImageIdentifier = 'public.ecr.aws/a/b:1' }, @{ ServiceName = 'web2'; ImageIdentifier = 'public.ecr.aws/a/b:1' } | New-ARService -Region us-east-1");

        lines.Count(line => line.StartsWith("ERROR NoCredential", StringComparison.Ordinal)).ShouldBe(1);
    }

    private async Task<string> FirstLineAsync(string script) => (await StartAsync(script))[0];

    private Task<string[]> StartAsync(string script) => Probe.StartAsync(
        script,
        ("HOME", home.FullName),
        ("USERPROFILE", home.FullName),
        ("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(home.FullName, "credentials")),
        ("AWS_CONFIG_FILE", Path.Combine(home.FullName, "config")),
        ("AWS_EC2_METADATA_DISABLED", "true"));
}
