using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>Changes of single environment variables and secrets, and replacements of the whole maps.</summary>
public sealed class EnvironmentChangeTests : IAsyncDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/instance";
    private const string Secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:";

    private readonly Session session;
    private readonly Relay relay;

    public EnvironmentChangeTests()
    {
        session = Session.Relayed(out relay, "-OperationDuration 0", "$git = New-ARConnection github GITHUB -WarningAction SilentlyContinue | Approve-ARConnection");
        session.Run("""$variables = '{ "LEVEL": "info-value", "HOOK": "hook-value", "level": "lower-value" }' | ConvertFrom-Json -AsHashtable""").ShouldBeClean();
        session.NewService("web1", $"-EnvironmentVariable $variables -EnvironmentSecret @{{ DB = '{Secret}db'; KEY = '{Secret}key' }} -InstanceRoleArn {Role}");
        session.Run($"New-ARService code1 -RepositoryUrl https://github.com/o/n -ConnectionArn github -Runtime NODEJS_22 -BuildCommand build -StartCommand start -EnvironmentVariable $variables -EnvironmentSecret @{{ DB = '{Secret}db'; KEY = '{Secret}key' }} -InstanceRoleArn {Role} -Wait -PollInterval 0.02").ShouldBeClean();
    }

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await relay.DisposeAsync();
    }

    [Theory]
    [InlineData("-SetEnvironmentVariable @{ NEW = '1' }", "HOOK=hook-value LEVEL=info-value NEW=1 level=lower-value", "DB=db KEY=key")]
    [InlineData("-SetEnvironmentVariable @{ LEVEL = ''; NEW = '1' }", "HOOK=hook-value LEVEL= NEW=1 level=lower-value", "DB=db KEY=key")]
    [InlineData("-RemoveEnvironmentVariable LEVEL", "HOOK=hook-value level=lower-value", "DB=db KEY=key")]
    [InlineData("-RemoveEnvironmentVariable LEVEL, HOOK, level", "", "DB=db KEY=key")]
    [InlineData("-SetEnvironmentSecret @{ NEW = '" + Secret + "new' }", "HOOK=hook-value LEVEL=info-value level=lower-value", "DB=db KEY=key NEW=new")]
    [InlineData("-RemoveEnvironmentSecret DB -SetEnvironmentVariable @{ DB = 'plain' }", "DB=plain HOOK=hook-value LEVEL=info-value level=lower-value", "KEY=key")]
    [InlineData("-RemoveEnvironmentVariable HOOK -SetEnvironmentSecret @{ HOOK = '" + Secret + "hook' } -Port 81", "LEVEL=info-value level=lower-value", "DB=db HOOK=hook KEY=key")]
    [InlineData("-RemoveEnvironmentSecret DB, KEY", "HOOK=hook-value LEVEL=info-value level=lower-value", "")]
    public void Single_variables_and_secrets_are_changed_and_the_others_are_kept(string parameters, string variables, string secrets)
    {
        foreach (var service in new[] { "web1", "code1" })
        {
            var result = session.Run($"Update-ARService {service} {parameters}").ShouldBeClean();

            result.Warnings.ShouldBeEmpty();
            var settings = Settings(relay.Server.Requests.Last(request => Relay.Operation(request) == "UpdateService").Body);
            Text(settings["RuntimeEnvironmentVariables"]).ShouldBe(variables, service);
            Text(settings["RuntimeEnvironmentSecrets"]).Replace(Secret, string.Empty, StringComparison.Ordinal).ShouldBe(secrets, service);
        }
    }

    [Theory]
    [InlineData("@{ ServiceName = 'web1'; SetEnvironmentVariable = @{ NEW = '1' }; RemoveEnvironmentVariable = 'LEVEL', 'level' } | Update-ARService")]
    [InlineData("[pscustomobject]@{ Service = 'web1'; SetEnvironmentVariable = 'NEW=1'; RemoveEnvironmentVariable = 'LEVEL', 'level' } | Update-ARService")]
    public void The_changes_can_be_members_of_a_hashtable_or_an_object(string command)
    {
        session.Run(command).ShouldBeClean();

        Text(Settings(relay.BodyOf("UpdateService").ToJsonString())["RuntimeEnvironmentVariables"]).ShouldBe("HOOK=hook-value NEW=1");
    }

    [Theory]
    [InlineData("-EnvironmentVariable @{ A = '1' } -SetEnvironmentVariable @{ B = '2' }", "SetEnvironmentVariable: cannot be used together with EnvironmentVariable, which replaces all of them.")]
    [InlineData("-EnvironmentVariable @{ A = '1' } -RemoveEnvironmentVariable LEVEL", "RemoveEnvironmentVariable: cannot be used together with EnvironmentVariable, which replaces all of them.")]
    [InlineData("-EnvironmentSecret @{ A = 'a' } -RemoveEnvironmentSecret DB", "RemoveEnvironmentSecret: cannot be used together with EnvironmentSecret, which replaces all of them.")]
    [InlineData("-SetEnvironmentVariable @{ LEVEL = 'x' } -RemoveEnvironmentVariable LEVEL", "RemoveEnvironmentVariable: \"LEVEL\" is also in SetEnvironmentVariable.")]
    [InlineData("-SetEnvironmentVariable @{ DB = 'x' }", "SetEnvironmentVariable: \"DB\" is a secret of the service. Remove it in the same command: -RemoveEnvironmentSecret DB")]
    [InlineData("-SetEnvironmentSecret @{ LEVEL = '" + Secret + "x' }", "SetEnvironmentSecret: \"LEVEL\" is a variable of the service. Remove it in the same command: -RemoveEnvironmentVariable LEVEL")]
    [InlineData("-SetEnvironmentVariable @{ 'a' = @{ b = 'c' } }", "SetEnvironmentVariable")]
    public void Contradictions_are_one_error_and_nothing_is_sent(string parameters, string message)
    {
        session.Run("Update-ARService web1 " + parameters).ErrorWith("InvalidParameter").ToString().ShouldContain(message);

        relay.CountOf("UpdateService").ShouldBe(0);
    }

    [Fact]
    public void The_name_of_a_variable_that_does_not_exist_is_a_warning_and_the_rest_is_sent()
    {
        var result = session.Run("Update-ARService web1 -RemoveEnvironmentVariable LEVLE, HOOK -RemoveEnvironmentSecret nothing").ShouldBeClean();

        result.Warnings.ShouldBe(["The service has no environment variable \"LEVLE\". Did you mean \"LEVEL\"?", "The service has no environment secret \"nothing\"."]);
        Text(Settings(relay.BodyOf("UpdateService").ToJsonString())["RuntimeEnvironmentVariables"]).ShouldBe("LEVEL=info-value level=lower-value");
    }

    [Theory]
    [InlineData("-EnvironmentVariable @{ NEW = '1'; HOOK = 'h' }", "web1 (us-east-1): The update replaces all environment variables, and removes LEVEL, level. Use -SetEnvironmentVariable to change single ones.")]
    [InlineData("-EnvironmentSecret @{ KEY = '" + Secret + "key' }", "web1 (us-east-1): The update replaces all environment secrets, and removes DB. Use -SetEnvironmentSecret to change single ones.")]
    [InlineData("-EnvironmentVariable @{}", "web1 (us-east-1): The update replaces all environment variables, and removes HOOK, LEVEL, level. Use -SetEnvironmentVariable to change single ones.")]
    public void A_replacement_warns_with_the_names_that_it_removes(string parameter, string warning)
    {
        foreach (var mode in new[] { "-WhatIf", string.Empty })
            session.Run($"Update-ARService web1 {parameter} {mode}").ShouldBeClean().Warnings.ShouldBe([warning], mode);
    }

    [Fact]
    public void A_source_object_without_the_variables_warns_too()
    {
        var result = session.Run($"Update-ARService web1 -SourceConfiguration (New-ARSourceConfig {Session.Image} -EnvironmentSecret @{{ DB = '{Secret}db'; KEY = '{Secret}key' }})").ShouldBeClean();

        result.Warnings.ShouldHaveSingleItem().ShouldContain("removes HOOK, LEVEL, level.");
    }

    [Theory]
    [InlineData("-SetEnvironmentVariable @{ LEVEL = 'new-value' }")]
    [InlineData("-RemoveEnvironmentVariable LEVEL")]
    [InlineData("-EnvironmentVariable @{ NEW = 'new-value' }")]
    [InlineData("-SetEnvironmentVariable @{ DB = 'new-value' }")]
    [InlineData("-Port 81")]
    public void Values_are_never_shown(string parameter)
    {
        foreach (var mode in new[] { "-WhatIf", string.Empty })
        {
            var result = session.Run($"Update-ARService web1 {parameter} -Verbose {mode}");

            result.AllText.ShouldNotContain("-value");
            session.Show($"Update-ARService web1 {parameter} {mode} | Format-List").ShouldNotContain("-value");
        }
    }

    [Fact]
    public void A_service_with_settings_from_its_repository_cannot_take_them()
    {
        session.Run("New-ARService code2 -RepositoryUrl https://github.com/o/n -ConnectionArn github -Wait -PollInterval 0.02").ShouldBeClean();

        session.Run("Update-ARService code2 -SetEnvironmentVariable @{ A = '1' }").ErrorWith("InvalidParameter").ToString().ShouldContain("apprunner.yaml");
    }

    [Fact]
    public void Names_of_the_service_are_completed()
    {
        session.NewService("web2", "-EnvironmentVariable @{ OTHER = '1' }");

        session.Complete("Update-ARService web1 -RemoveEnvironmentVariable ").ShouldBe(["HOOK", "LEVEL", "level"], ignoreOrder: true);
        session.Complete("Update-ARService web2 -RemoveEnvironmentVariable o").ShouldBe(["OTHER"]);
        session.Complete("Update-ARService web1 -RemoveEnvironmentVariable LEVEL, h").ShouldBe(["HOOK"]);
        session.Complete("Update-ARService web1 -RemoveEnvironmentSecret ").ShouldBe(["DB", "KEY"]);
        session.Complete("Get-ARService | Update-ARService -RemoveEnvironmentVariable o").ShouldBe(["OTHER"]);

        session.Run("Update-ARService web1 -RemoveEnvironmentVariable HOOK").ShouldBeClean();
        session.Complete("Update-ARService web1 -RemoveEnvironmentVariable ").ShouldNotContain("HOOK");
    }

    [Fact]
    public void No_empty_map_is_sent_that_the_service_does_not_have()
    {
        session.NewService("plain");

        foreach (var change in new[] { "-Port 81", "-Memory 3", "-SourceConfiguration (Get-ARService plain).SourceConfiguration -Memory 4", "-EnvironmentVariable @{} -Cpu 2" })
        {
            session.Run("Update-ARService plain " + change).ShouldBeClean().Warnings.ShouldBeEmpty();
            relay.Server.Requests.Last(request => Relay.Operation(request) == "UpdateService").Body.ShouldNotContain("{}", Case.Sensitive, change);
        }
    }

    private static JsonNode Settings(string body)
    {
        var source = JsonNode.Parse(body)!["SourceConfiguration"]!;
        return source["ImageRepository"]?["ImageConfiguration"] ?? source["CodeRepository"]!["CodeConfiguration"]!["CodeConfigurationValues"]!;
    }

    private static string Text(JsonNode? map) => map is JsonObject entries ? string.Join(' ', entries.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")) : string.Empty;
}
