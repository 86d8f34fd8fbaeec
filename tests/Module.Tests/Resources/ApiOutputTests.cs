using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Resources;

/// <summary>JSON text and the output of the AWS CLI in every pipeline, and rows that name a region.</summary>
public sealed class ApiOutputTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");

    public ApiOutputTests()
    {
        session.NewService("web1", "-Cpu 2 -Memory 4 -EnvironmentVariable @{ PASSWORD = 'sesame' }");
        session.NewService("web2");
        session.Run("""
            $json = Get-ARService web1 | ConvertTo-Json -Depth 10
            $output = '{"Service":' + $json + ',"OperationId":"x"}'
            $list = '{"ServiceSummaryList":' + (ConvertTo-Json @(Get-ARService web*)) + ',"NextToken":null}'
            $null = New-ARAutoScalingConfiguration high -MaxSize 3
            """).ShouldBeClean();
    }

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("$json | Get-ARService", "web1")]
    [InlineData("$output | Get-ARService", "web1")]
    [InlineData("$output | ConvertFrom-Json | Get-ARService", "web1")]
    [InlineData("$output | ConvertFrom-Json -AsHashtable | Get-ARService", "web1")]
    [InlineData("Get-ARService $output", "web1")]
    [InlineData("$output | Suspend-ARService; $output | Resume-ARService", "web1 web1")]
    [InlineData("$list | Get-ARService", "web1 web2")]
    [InlineData("$list | ConvertFrom-Json | Get-ARService", "web1 web2")]
    [InlineData("'[\"web2\", \"web1\"]' | Get-ARService", "web2 web1")]
    [InlineData("Get-ARService '[w]eb*'", "web1 web2")]
    [InlineData("$output | Add-ARCustomDomain -DomainName www.example.com", "web1")]
    [InlineData("@{ Service = Get-ARService web2; DomainName = 'www.example.com' } | Add-ARCustomDomain", "web2")]
    [InlineData("$output | Get-AROperation | Select-Object -First 1", "web1")]
    [InlineData("$output | Update-ARService -Port 90", "web1")]
    public void A_document_and_the_output_of_the_AWS_CLI_identify_services(string script, string names) =>
        session.Run(script).ShouldBeClean().Output.Select(item => item!.Properties["ServiceName"].Value).ShouldBe(names.Split(' '));

    [Theory]
    [InlineData("$output | New-ARInstanceConfig -InstanceRoleArn arn:aws:iam::123456789012:role/r", "Cpu", "2048")]
    [InlineData("$output | ConvertFrom-Json | New-ARInstanceConfig", "Memory", "4096")]
    [InlineData("'{ \"Protocol\": \"HTTP\", \"Path\": \"/x\" }' | New-ARHealthCheckConfig -Interval 7", "Path", "/x")]
    [InlineData("'{ \"AutoScalingConfigurationName\": \"more\", \"MaxSize\": 4 }' | New-ARAutoScalingConfiguration", "MaxSize", "4")]
    [InlineData("'{ \"VpcConnector\": { \"VpcConnectorName\": \"way-out\", \"Subnets\": [ \"subnet-0123456789abcdef0\" ] } }' | New-ARVpcConnector", "VpcConnectorName", "way-out")]
    [InlineData("'{ \"AutoScalingConfiguration\": ' + (Get-ARAutoScalingConfiguration high | ConvertTo-Json) + '}' | ConvertFrom-Json | New-ARAutoScalingConfiguration -MinSize 2", "MaxSize", "3")]
    public void Objects_are_made_of_a_document(string script, string member, string value) =>
        session.Run(script).ShouldBeClean().Output.ShouldHaveSingleItem()!.Properties[member].Value.ToString().ShouldBe(value);

    [Fact]
    public void A_list_in_a_document_makes_an_object_of_each_entry() =>
        session.Run("'[{ \"Protocol\": \"TCP\" }, { \"Protocol\": \"HTTP\" }]' | New-ARHealthCheckConfig").All<HealthCheckConfiguration>().Select(config => config.Protocol).ShouldBe(["TCP", "HTTP"]);

    [Theory]
    [InlineData("$json -split \"`n\" | Suspend-ARService")]
    [InlineData("$output -split \"`n\" | Get-ARResourceTag")]
    [InlineData("Get-ARService ($json + '}')")]
    [InlineData("$json + '}' | Remove-ARService -Confirm:$false")]
    public void A_document_that_cannot_be_read_is_not_shown(string script)
    {
        var result = session.Run(script);

        result.Errors.ShouldNotBeEmpty();
        result.Errors.ShouldAllBe(error => error.Id() == ErrorIds.InvalidParameter);
        result.AllText.ShouldNotContain("sesame");
        session.Run("Get-ARService web1").Service.Status.ShouldBe("RUNNING");
    }

    [Theory]
    [InlineData("'{ \"Protocol\":' | New-ARHealthCheckConfig", "The JSON came line by line.")]
    [InlineData("'{', '}' | Get-ARService", "The JSON came line by line.")]
    [InlineData("\"{`n'x'\" | New-ARInstanceConfig", "JSON: not valid JSON at line 2, column 1.")]
    public void A_document_that_cannot_be_read_is_an_error_that_says_why(string script, string message)
    {
        var error = session.Run(script).Errors[0];

        error.Id().ShouldBe(ErrorIds.InvalidParameter);
        error.ToString().ShouldStartWith(message);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Name = 'web1'; Region = 'eu-west-1' } | Get-ARService", "eu-west-1")]
    [InlineData("@{ ServiceName = 'web1'; Region = 'eu-west-1' } | Get-ARService", "eu-west-1")]
    [InlineData("\"Name,Region`nweb1,eu-west-1`nweb1,\" | ConvertFrom-Csv | Get-ARService", "eu-west-1 us-east-1")]
    [InlineData("\"Name,Region`nweb*,eu-west-1\" | ConvertFrom-Csv | Get-ARService", "eu-west-1")]
    [InlineData("[pscustomobject]@{ Name = 'web1'; Region = 'eu-west-1' } | Get-ARService -Region us-east-1", "us-east-1")]
    [InlineData("[pscustomobject]@{ Name = 'web1'; Region = 'eu-west-1' } | Suspend-ARService", "eu-west-1")]
    [InlineData("[pscustomobject]@{ Service = 'web1'; Region = 'eu-west-1' } | Get-AROperation", "eu-west-1")]
    [InlineData("@{ Service = 'web1'; Region = 'eu-west-1'; Port = 99 } | Update-ARService", "eu-west-1")]
    [InlineData("@{ Service = 'web1'; Region = 'eu-west-1'; DomainName = 'www.example.com' } | Add-ARCustomDomain", "eu-west-1")]
    [InlineData("[pscustomobject]@{ ServiceArn = (Get-ARService web1).ServiceArn; Region = 'eu-west-1' } | Get-ARService", "us-east-1")]
    [InlineData("[pscustomobject]@{ Name = 'high'; Region = 'eu-west-1' } | Get-ARAutoScalingConfiguration", "eu-west-1")]
    [InlineData("'{ \"Name\": \"web1\", \"Region\": \"eu-west-1\" }' | Start-ARDeployment", "eu-west-1")]
    public void The_region_of_a_row_is_the_region_of_its_name(string script, string regions)
    {
        session.Run($"$null = New-ARService web1 {Session.Image} -Region eu-west-1; $null = New-ARAutoScalingConfiguration high -Region eu-west-1").ShouldBeClean();

        session.Run(script).ShouldBeClean().Output.Select(item => item!.Properties["Region"].Value).ShouldBe(regions.Split(' '));
    }

    [Theory]
    [InlineData("@{ ServiceName = 'web3'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; Region = 'eu-west-1' } | New-ARService", "Region: is not a member of a definition. Use the parameter -Region.")]
    [InlineData("@{ AutoScalingConfigurationName = 'more'; Region = 'eu-west-1' } | New-ARAutoScalingConfiguration", "Region: is not read from an object. Use the parameter -Region.")]
    [InlineData("@{ Region = 'eu-west-1'; DomainName = 'www.example.com' } | Add-ARCustomDomain -Service web1", "Region: is not read from an object. Use the parameter -Region.")]
    public void A_region_that_has_no_effect_is_an_error(string script, string message) => session.Run(script).ErrorWith(ErrorIds.InvalidParameter).ToString().ShouldBe(message);

    [Theory]
    [InlineData("Get-ARService ([DBNull]::Value)")]
    [InlineData("[DBNull]::Value | New-ARHealthCheckConfig")]
    [InlineData("[DBNull]::Value | New-ARVpcConnector")]
    [InlineData("New-ARInstanceConfig -InputObject ([DBNull]::Value)")]
    [InlineData("Suspend-ARService (1 | Where-Object { $false })")]
    public void No_object_is_an_error_of_this_module(string script) => session.Run(script).ErrorWith(ErrorIds.InvalidParameter);
}
