using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>Update-ARService with a definition: -Path, -LiteralPath, -InputObject, and text from the pipeline.</summary>
public sealed class UpdateByDefinitionTests : IAsyncDisposable
{
    private readonly Session session;
    private readonly Relay relay;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("apprunner-tests-");

    public UpdateByDefinitionTests()
    {
        session = Session.Relayed(out relay, "-OperationDuration 0");
        session["folder"] = folder.FullName;
        session.NewService("web1", "-Port 81 -Memory 3 -Tag @{ team = 'web' }");
        File.WriteAllText(Path.Combine(folder.FullName, "service.json"), """
            { "ServiceName": "web1", "Tags": [ { "Key": "team", "Value": "web" } ],
              "SourceConfiguration": { "ImageRepository": { "ImageIdentifier": "public.ecr.aws/nginx/nginx:1", "ImageRepositoryType": "ECR_PUBLIC", "ImageConfiguration": { "Port": "90" } } } }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await relay.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("-Path $folder/service.json")]
    [InlineData("-Path $folder/*.json")]
    [InlineData("-LiteralPath $folder/service.json")]
    [InlineData("-InputObject (Get-Content $folder/service.json -Raw)")]
    [InlineData("-InputObject (Get-Content $folder/service.json -Raw | ConvertFrom-Json)")]
    [InlineData("-InputObject (Get-Content $folder/service.json -Raw | ConvertFrom-Json -AsHashtable)")]
    [InlineData("-InputObject (Get-Item $folder/service.json)")]
    [InlineData("web1 -Path $folder/service.json")]
    public void A_definition_with_a_parameter_over_it_is_sent(string parameters)
    {
        var result = session.Run($"Update-ARService {parameters} -ImageIdentifier public.ecr.aws/nginx/nginx:sha");

        result.Service.ServiceName.ShouldBe("web1");
        result.Warnings.ShouldBeEmpty();
        var image = Sent()["SourceConfiguration"]!["ImageRepository"]!;
        ((string)image["ImageIdentifier"]!).ShouldBe("public.ecr.aws/nginx/nginx:sha");
        ((string)image["ImageConfiguration"]!["Port"]!).ShouldBe("90");
    }

    [Fact]
    public void Service_names_other_services_than_the_definition()
    {
        session.NewService("web2");
        session.NewService("web3");

        session.Run("'web2', 'web3' | Update-ARService -Path $folder/service.json").Services.Select(service => service.ServiceName).ShouldBe(["web2", "web3"]);
    }

    [Theory]
    [InlineData("-InputObject @{ Cpu = 1 }", "names no service")]
    [InlineData("-InputObject (New-ARSourceConfig public.ecr.aws/nginx/nginx:2)", "names no service")]
    [InlineData("web1 -InputObject @(@{ Cpu = 1 }, @{ Cpu = 2 })", "There are 2 definitions. Leave out -Service")]
    [InlineData("web1 -InputObject @{ Cpuu = 1 }", "Cpuu")]
    [InlineData("-Path $folder/none.json", "none.json")]
    [InlineData("web1 -InputObject '{ \"Port\": oops }'", "JSON(1,11): is not valid JSON")]
    public void A_definition_that_cannot_be_sent_is_one_error(string parameters, string message)
    {
        session.Run("Update-ARService " + parameters).ErrorWith("InvalidParameter").ToString().ShouldContain(message);

        relay.CountOf("UpdateService").ShouldBe(0);
    }

    [Fact]
    public void A_source_configuration_changes_the_source()
    {
        session.Run("Update-ARService web1 -InputObject (New-ARSourceConfig public.ecr.aws/nginx/nginx:2 -Port 82)").ShouldBeClean();

        ((string)Sent()["SourceConfiguration"]!["ImageRepository"]!["ImageConfiguration"]!["Port"]!).ShouldBe("82");
    }

    [Theory]
    [InlineData("-InputObject @{ ServiceName = 'web1'; Memory = 4; Tag = @{ team = 'web' } }", null)]
    [InlineData("-InputObject @{ Memory = 4; Tag = @{ team = 'shop' } } -Service web1", "in Tags, which")]
    [InlineData("-InputObject @{ ServiceName = 'web1'; Memory = 4; Tags = @{ }; EncryptionConfiguration = @{ KmsKey = 'arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef' } }", "in Tags and EncryptionConfiguration, which")]
    [InlineData("web1 -InputObject @{ ServiceName = 'other'; Memory = 4 }", null)]
    public void Members_that_an_update_cannot_change_are_one_warning_where_they_differ(string parameters, string? warning)
    {
        var result = session.Run("Update-ARService " + parameters).ShouldBeClean();

        relay.CountOf("UpdateService").ShouldBe(1);
        if (warning is null)
            result.Warnings.ShouldBeEmpty();
        else
            result.Warnings.ShouldHaveSingleItem().ShouldContain(warning);
    }

    [Fact]
    public void A_changed_service_from_the_pipeline_only_identifies_and_the_error_names_InputObject()
    {
        var error = session.Run("$s = Get-ARService web1; $s.InstanceConfiguration.Cpu = '2048'; $s | Update-ARService").ErrorWith("InvalidParameter");

        error.ToString().ShouldContain("Update-ARService web1 -InputObject $service");
        relay.CountOf("UpdateService").ShouldBe(0);
        session.Run("Get-ARService web1 | Update-ARService").ErrorWith("InvalidParameter").ToString().ShouldNotContain("InputObject");
        session.Run("Get-ARService web1 | ConvertTo-Json -Depth 10 | ConvertFrom-Json | ForEach-Object { $_.HealthCheckConfiguration.Interval = 9; $_ } | Update-ARService").ErrorWith("InvalidParameter").ToString()
            .ShouldContain("-InputObject $service");
    }

    [Fact]
    public void A_single_variable_is_laid_over_the_map_of_a_definition()
    {
        session.Run("Update-ARService web1 -InputObject @{ EnvironmentVariable = @{ A = '1'; B = '2' } } -SetEnvironmentVariable @{ SHA = 'x' } -RemoveEnvironmentVariable B").ShouldBeClean();

        Sent()["SourceConfiguration"]!["ImageRepository"]!["ImageConfiguration"]!["RuntimeEnvironmentVariables"]!.AsObject().Select(pair => $"{pair.Key}={pair.Value}").ShouldBe(["A=1", "SHA=x"], ignoreOrder: true);
        session.Run("Set-Content $folder/a.env 'A=1'; Update-ARService web1 -EnvironmentFile $folder/a.env -SetEnvironmentVariable @{ SHA = 'x' }").ErrorWith("InvalidParameter").ToString()
            .ShouldContain("SetEnvironmentVariable: cannot be used together with EnvironmentFile");
    }

    [Theory]
    [InlineData("-Path $folder/service.json -SourceConfiguration @{ ImageRepository = @{ ImageConfiguration = @{ StartCommand = 'run' } } }", "SourceConfiguration.ImageRepository.ImageConfiguration", "Port=90|StartCommand=run")]
    [InlineData("-Path $folder/service.json -SourceConfiguration ([pscustomobject]@{ ImageRepository = @{ ImageConfiguration = @{ Port = 95 } } })", "SourceConfiguration.ImageRepository.ImageConfiguration", "Port=95")]
    [InlineData("web1 -InputObject @{ Port = 90; StartCommand = 'old' } -SourceConfiguration @{ ImageRepository = @{ ImageConfiguration = @{ StartCommand = $null } } }", "SourceConfiguration.ImageRepository.ImageConfiguration", "Port=90")]
    [InlineData("web1 -InputObject @{ Port = 90; StartCommand = 'old' } -SourceConfiguration (New-ARSourceConfig public.ecr.aws/nginx/nginx:2 -Port 95)", "SourceConfiguration.ImageRepository.ImageConfiguration", "Port=95")]
    [InlineData("web1 -InputObject '{ \"HealthCheckConfiguration\": { \"Protocol\": \"HTTP\", \"Path\": \"/x\", \"Interval\": 9 } }' -HealthCheckConfiguration @{ Path = '/y' }", "HealthCheckConfiguration", "Protocol=HTTP|Path=/y|Interval=9|Timeout=2|HealthyThreshold=1|UnhealthyThreshold=5")]
    [InlineData("web1 -InputObject @{ InstanceConfiguration = @{ Cpu = 2; Memory = 4 } } -InstanceConfiguration @{ Memory = 6 }", "InstanceConfiguration", "Cpu=2 vCPU|Memory=6 GB")]
    [InlineData("web1 -InputObject @{ NetworkConfiguration = $null } -NetworkConfiguration @{ IpAddressType = 'DUAL_STACK' }", "NetworkConfiguration", "IpAddressType=DUAL_STACK")]
    public void A_structured_parameter_changes_only_what_it_names_in_the_definition(string parameters, string member, string expected)
    {
        session.Run($"Update-ARService {parameters}").ShouldBeClean();

        member.Split('.').Aggregate((JsonNode)Sent(), (node, name) => node[name]!).AsObject().Select(pair => $"{pair.Key}={pair.Value}").Order().ShouldBe(expected.Split('|').Order());
    }

    [Fact]
    public void A_changed_service_as_InputObject_is_sent()
    {
        session.Run("$s = Get-ARService web1; $s.InstanceConfiguration.Memory = '4096'; Update-ARService web1 -InputObject $s").ShouldBeClean().Warnings.ShouldBeEmpty();

        ((string)Sent()["InstanceConfiguration"]!["Memory"]!).ShouldBe("4096");
    }

    [Theory]
    [InlineData("ConvertTo-Json @{ ServiceName = 'web1'; Memory = 4 }")]
    [InlineData("'{ \"serviceName\": \"web1\", \"memory\": 4 }'")]
    [InlineData("'[ { \"ServiceName\": \"web1\" } ]' | ForEach-Object { $_.Replace('}', ', \"Memory\": \"4\" }') }")]
    public void JSON_text_from_the_pipeline_identifies_and_changes(string text)
    {
        session.Run(text + " | Update-ARService").ShouldBeClean();

        ((string)Sent()["InstanceConfiguration"]!["Memory"]!).ShouldBe("4 GB");
    }

    [Theory]
    [InlineData("'{ \"Service\": ' + (Get-ARService web1 | ConvertTo-Json -Depth 10) + ' }'")]
    [InlineData("'{ \"Service\": ' + (Get-ARService web1 | ConvertTo-Json -Depth 10) + ', \"OperationId\": \"x\" }' | ConvertFrom-Json")]
    [InlineData("'{ \"ServiceSummaryList\": [ ' + (Get-ARService web* | ConvertTo-Json) + ' ] }'")]
    [InlineData("'{ \"ServiceSummaryList\": [ ' + (Get-ARService web* | ConvertTo-Json) + ' ] }' | ConvertFrom-Json")]
    public void The_output_of_the_AWS_CLI_from_the_pipeline_identifies(string text)
    {
        session.Run(text + " | Update-ARService -Memory 4").ShouldBeClean();

        ((string)Sent()["InstanceConfiguration"]!["Memory"]!).ShouldBe("4 GB");
    }

    private JsonObject Sent() => relay.BodyOf("UpdateService");
}
