using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Loading;

/// <summary>The module beside other copies of its libraries. Each test in a separate process, because assemblies cannot be unloaded.</summary>
public class IsolationTests
{
    // A typical session of a user, including a wait.
    private const string Work = $$"""
        $null = Start-ARLocalEndpoint -OperationDuration 0.05
        $null = New-ARService shop {{Session.Image}} -Wait -PollInterval 0.02
        Get-ARService | ForEach-Object { "SERVICE $($_.ServiceName) $($_.Status)" }

        """;

    // The use of another module's copy, with its type names in scripts.
    private const string UseOther = """
        $keys = [Amazon.Runtime.BasicAWSCredentials]::new('AKIDOTHER', 'hush').GetCredentials()
        "OTHER $($keys.AccessKey) $([Amazon.RegionEndpoint]::GetBySystemName('eu-west-1').DisplayName)"
        $signature = [Amazon.Runtime.Internal.Auth.AWS4Signer]::ComposeSigningKey('hush', 'eu-west-1', '20260101', 'apprunner')
        "SIGNS $($signature.Length)"

        """;

    private const string ShowCopies = """
        [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -in 'AWSSDK.Core', 'AWSSDK.SecurityToken', 'YamlDotNet' } | ForEach-Object {
            $version = [System.Diagnostics.FileVersionInfo]::GetVersionInfo($_.Location).FileVersion
            "COPY $($_.GetName().Name) $version $([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_) -eq [System.Runtime.Loader.AssemblyLoadContext]::Default)"
        }

        """;

    private static readonly string Import = $"Import-Module '{StagedModule.Manifest}'\n";
    private static readonly string[] Worked = ["SERVICE shop2 RUNNING", "OTHER AKIDOTHER Europe (Ireland)", "SIGNS 32"];

    // Credentials of another module sign the requests of this module.
    private const string UseOthersCredentials = """
        $basic = [Amazon.Runtime.BasicAWSCredentials]::new('AKIDBASIC', 'hush')
        Get-ARService -Region us-east-1 -EndpointUrl URL -Credential $basic
        Set-ARContext us-east-1 -EndpointUrl URL -Credential ([Amazon.Runtime.SessionAWSCredentials]::new('AKIDSESSION', 'hush', 'the-token'))
        Get-ARService
        Clear-ARContext

        """;

    // Both copies of YamlDotNet parse a text.
    private const string UseYaml = """
        Test-ARServiceDefinition 'FILE' | ForEach-Object { "FOUND $($_.Path)" }
        $text = [System.IO.StringReader]::new('a: 1')
        "YAML $([YamlDotNet.Serialization.DeserializerBuilder]::new().Build().Deserialize($text)['a'])"

        """;

    [Theory]
    [InlineData("3.7.402", true)]
    [InlineData("3.7.402", false)]
    [InlineData("4.0.3.3", true)]
    [InlineData("4.0.3.3", false)]
    public async Task The_module_works_beside_other_copies_of_its_libraries_in_any_load_order(string version, bool isOtherFirst)
    {
        await using var service = new ScriptedServer(ScriptedServer.Respond("{}"));
        var file = Path.GetTempFileName() + ".yaml";
        await File.WriteAllTextAsync(file, "version: 1.0\nrunTime: python3\n", TestContext.Current.CancellationToken);
        try
        {
            var load = OtherCopy.Load("awssdk.core/" + version, "AWSSDK.Core") + OtherCopy.Load("yamldotnet/16.3.0", "YamlDotNet");
            var first = isOtherFirst ? load + UseOther + Import : Import + Work + $"$null = Test-ARServiceDefinition '{file}'\n" + load;

            var lines = await Probe.StartEmptyAsync(
                first + UseOther + Work.Replace(" shop ", " shop2 ", StringComparison.Ordinal) + UseYaml.Replace("FILE", file, StringComparison.Ordinal) + UseOthersCredentials.Replace("URL", service.Url, StringComparison.Ordinal) + UseOther + ShowCopies);

            lines.Where(line => line.StartsWith("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
            Worked.ShouldBeSubsetOf(lines);
            lines.Count(line => line.StartsWith("FOUND", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
            lines.ShouldContain("YAML 1");
            service.Requests.Select(request => request.Headers["Authorization"].Split('/')[0].Split('=')[1]).ShouldBe(["AKIDBASIC", "AKIDSESSION"]);
            service.Requests.Select(request => request.Headers.ContainsKey("X-Amz-Security-Token")).ShouldBe([false, true]);
            lines.Where(line => line.StartsWith("COPY", StringComparison.Ordinal)).ShouldBe(
                [
                    $"COPY AWSSDK.Core {FileVersion(version)} True", $"COPY AWSSDK.Core {OwnVersion("AWSSDK.Core")} False",
                    $"COPY YamlDotNet {FileVersion("16.3.0")} True", $"COPY YamlDotNet {OwnVersion("YamlDotNet")} False",
                ],
                ignoreOrder: true);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task STS_calls_of_another_AWS_SDK_copy_work_beside_the_module()
    {
        await using var sts = new ScriptedServer(ScriptedServer.Respond(200, "text/xml", """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/other</Arn></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>
            """));
        await using var assuming = new ScriptedServer(ScriptedServer.Respond(200, "text/xml", $"""
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>AKIDROLE</AccessKeyId><SecretAccessKey>hush</SecretAccessKey><SessionToken>t</SessionToken><Expiration>{DateTime.UtcNow.AddHours(1):yyyy-MM-dd'T'HH:mm:ss'Z'}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
            """));
        await using var service = new ScriptedServer(ScriptedServer.Respond("{}"));
        var home = Directory.CreateTempSubdirectory("apprunner-tests-");
        try
        {
            var config = Path.Combine(home.FullName, "config");
            await File.WriteAllTextAsync(config, "[profile deploy]\nrole_arn = arn:aws:iam::123456789012:role/deploy\nsource_profile = base\n[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = hush\n", TestContext.Current.CancellationToken);

            var lines = await Probe.StartAsync(
                OtherCopy.Load("awssdk.core/4.0.3.3", "AWSSDK.Core") + OtherCopy.Load("awssdk.securitytoken/4.0.5.1", "AWSSDK.SecurityToken") + $$"""
                $config = [Amazon.SecurityToken.AmazonSecurityTokenServiceConfig]::new()
                $config.ServiceURL = '{{sts.Url}}'
                $config.AuthenticationRegion = 'us-east-1'
                $client = [Amazon.SecurityToken.AmazonSecurityTokenServiceClient]::new([Amazon.Runtime.BasicAWSCredentials]::new('AKIDOTHER', 'hush'), $config)
                Get-ARService -ProfileName deploy -Region us-east-1 -EndpointUrl {{service.Url}}
                $request = [Amazon.SecurityToken.Model.GetCallerIdentityRequest]::new()
                "CALLER $($client.GetCallerIdentityAsync($request).GetAwaiter().GetResult().Arn)"

                """ + ShowCopies,
                ("AWS_CONFIG_FILE", config),
                ("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(home.FullName, "credentials")),
                ("AWS_ENDPOINT_URL_STS", assuming.Url));

            lines.ShouldContain("CALLER arn:aws:iam::123456789012:user/other");
            sts.Requests.ShouldHaveSingleItem().Headers["Authorization"].ShouldContain("Credential=AKIDOTHER/");
            service.Requests.ShouldHaveSingleItem().Headers["Authorization"].ShouldContain("Credential=AKIDROLE/");
            lines.Count(line => line.StartsWith("COPY AWSSDK.SecurityToken", StringComparison.Ordinal)).ShouldBe(2);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static string OwnVersion(string assembly) => System.Diagnostics.FileVersionInfo.GetVersionInfo(Path.Combine(StagedModule.Folder, "private", "core", assembly + ".dll")).FileVersion!;

    private static string FileVersion(string version) => string.Join('.', version.Split('.').Concat(["0", "0"]).Take(4));
}
