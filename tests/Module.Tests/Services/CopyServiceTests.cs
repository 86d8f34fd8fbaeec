using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>A copy of a service is whole: its tags are copied, and what belongs to another region or account is named.</summary>
public sealed class CopyServiceTests : IAsyncDisposable
{
    private readonly Session session;
    private readonly Relay relay;

    public CopyServiceTests()
    {
        session = Session.Relayed(out relay, "-OperationDuration 0");
        session.NewService("web1", "-Port 81 -Tag @{ team = 'web'; empty = '' }");
    }

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await relay.DisposeAsync();
    }

    [Theory]
    [InlineData("Get-ARService web1 | New-ARService -ServiceName copy")]
    [InlineData("Get-ARService web* | New-ARService -ServiceName copy")]
    [InlineData("Get-ARService web1 | ConvertTo-Json -Depth 10 | New-ARService -ServiceName copy")]
    [InlineData("Get-ARService web1 | ConvertTo-Json -Depth 10 | ConvertFrom-Json | New-ARService -ServiceName copy")]
    [InlineData("Get-ARService web1 | ConvertTo-Json -Depth 10 | ConvertFrom-Json -AsHashtable | New-ARService -ServiceName copy")]
    [InlineData("(Get-ARService web1 | ConvertTo-Json -Depth 10) -replace '(?<=At\": )\"[^\"]*\"', '\"\\/Date(1795830000000)\\/\"' | New-ARService -ServiceName copy")]
    [InlineData("$x = [IO.Path]::GetTempFileName(); Get-ARService web1 | Export-Clixml $x -Depth 10; Import-Clixml $x | New-ARService -ServiceName copy; Remove-Item $x")]
    [InlineData("New-ARService copy -InputObject (Get-ARService web1)")]
    public void Tags_are_copied_by_every_way(string script)
    {
        session.Run(script).ShouldBeClean().Warnings.ShouldBeEmpty();

        TagsOf("copy").ShouldBe(["empty=", "team=web"]);
    }

    [Fact]
    public void Parameters_and_tags_of_the_object_take_precedence_over_the_tags_of_the_service()
    {
        session.Run("Get-ARService web1 | New-ARService -ServiceName copy-1 -Tag @{ team = 'shop'; stage = 'dev' }").ShouldBeClean();
        session.Run("Get-ARService web1 | Add-Member Tags @{ own = 'x' } -PassThru | New-ARService -ServiceName copy-2").ShouldBeClean();
        session.Run("Get-ARService web1 | Select-Object *, @{ n = 'Tag'; e = { @{ own = 'y' } } } | New-ARService -ServiceName copy-3").ShouldBeClean();

        TagsOf("copy-1").ShouldBe(["empty=", "stage=dev", "team=shop"]);
        TagsOf("copy-2").ShouldBe(["own=x"]);
        TagsOf("copy-3").ShouldBe(["own=y"]);
        relay.CountOf("ListTagsForResource").ShouldBe(1 + 3);
    }

    [Fact]
    public void A_service_that_is_gone_is_created_again_with_a_warning_about_its_tags()
    {
        relay.Before = (operation, _, _) => Task.FromResult<Step?>(operation == "ListTagsForResource" ? ScriptedServer.Respond("""{"__type":"ResourceNotFoundException","Message":"Gone."}""", 400) : null);

        var result = session.Run("Get-ARService web1 | ConvertTo-Json -Depth 10 | New-ARService -ServiceName copy");

        result.Service.ServiceName.ShouldBe("copy");
        result.Warnings.ShouldHaveSingleItem().ShouldContain("are not copied: Gone.");
    }

    [Theory]
    [InlineData("Get-ARService web1 | ConvertTo-Json -WarningAction Ignore | New-ARService -ServiceName copy")]
    [InlineData("Get-ARService web1 | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json | New-ARService -ServiceName copy")]
    [InlineData("Get-ARService web1 | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json | Select-Object ServiceName, SourceConfiguration | Update-ARService")]
    public void JSON_of_a_service_without_its_depth_says_so(string script) =>
        session.Run(script).ErrorWith("InvalidParameter").ToString().ShouldEndWith("SourceConfiguration.ImageRepository.ImageConfiguration: must be a hashtable or an ImageConfiguration, not a string. Was it ConvertTo-Json or Export-Clixml without -Depth?");

    [Theory]
    [InlineData("Get-ARService web1")]
    [InlineData("Get-ARService web1 | ConvertTo-Json -Depth 10")]
    public void The_default_auto_scaling_configuration_is_left_out_of_a_copy(string original)
    {
        session.Run(original + " | New-ARService -ServiceName copy -Region eu-west-1 -WhatIf -Verbose").ShouldBeClean().Verbose.ShouldNotContain(line => line.Contains("AutoScalingConfigurationArn"));
        session.Run(original + " | New-ARService -ServiceName copy -Region eu-west-1").Service.Region.ShouldBe("eu-west-1");
    }

    [Fact]
    public void Another_auto_scaling_configuration_is_copied()
    {
        session.Run("New-ARAutoScalingConfiguration high -MaxSize 5; New-ARService scaled $image -AutoScalingConfigurationArn (Get-ARAutoScalingConfiguration high)".Replace("$image", Session.Image)).ShouldBeClean();

        session.Run("Get-ARService scaled | New-ARService -ServiceName copy-1; Get-ARService scaled | ConvertTo-Json -Depth 10 | New-ARService -ServiceName copy-2").Services
            .ShouldAllBe(copy => copy.AutoScalingConfigurationSummary!.AutoScalingConfigurationName == "high");
    }

    [Theory]
    [InlineData("$json -replace '(?<=:)\\d{12}(?=:)', '999999999999' | New-ARService -ServiceName copy")]
    [InlineData("$json -replace '(?<=:)\\d{12}(?=:)', '999999999999' | ConvertFrom-Json | New-ARService -ServiceName copy")]
    [InlineData("Set-Content $file ($json -replace '(?<=:)\\d{12}(?=:)', '999999999999'); New-ARService -ServiceName copy -Path $file; Remove-Item $file")]
    public void ARNs_of_another_account_are_named_with_what_to_do(string script)
    {
        session.Run("""
            $null = New-ARAutoScalingConfiguration high -MaxSize 5
            $null = New-ARService scaled $image -AutoScalingConfigurationArn high -InstanceRoleArn arn:aws:iam::123456789012:role/web
            $json = Get-ARService scaled | ConvertTo-Json -Depth 10
            $file = [IO.Path]::GetTempFileName()
            """.Replace("$image", Session.Image)).ShouldBeClean();

        var error = session.Run(script).ErrorWith("InvalidParameter").ToString();

        error.ShouldContain("InstanceConfiguration.InstanceRoleArn: 'arn:aws:iam::999999999999:role/web' is in account 999999999999, but the service is in account ");
        error.ShouldContain("AutoScalingConfigurationArn: 'arn:aws:apprunner:us-east-1:999999999999:");
        error.ShouldContain("or leave it out");
        relay.CountOf("CreateService").ShouldBe(2);
    }

    [Fact]
    public void An_ARN_of_another_region_is_named_with_what_to_do()
    {
        session.Run("New-ARAutoScalingConfiguration high -MaxSize 5; New-ARService scaled $image -AutoScalingConfigurationArn high".Replace("$image", Session.Image)).ShouldBeClean();

        session.Run("Get-ARService scaled | New-ARService -ServiceName copy -Region eu-west-1").ErrorWith("InvalidParameter").ToString()
            .ShouldContain("is in us-east-1, but the service is in eu-west-1. Use one in eu-west-1, or leave it out.");
        session.Run("New-ARAutoScalingConfiguration high -Region eu-west-1; Get-ARService scaled | New-ARService -ServiceName copy -Region eu-west-1 -AutoScalingConfigurationArn high").ShouldBeClean();
    }

    private string[] TagsOf(string service) => [.. session.Run($"Get-ARResourceTag {service}").All<Tag>().Select(tag => tag.ToString()).Order(StringComparer.Ordinal)];
}
