using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>Names and objects where the API takes the ARN of an App Runner resource, and resources of other regions.</summary>
public sealed class ReferenceTests : IAsyncDisposable
{
    private const string Scaling = "AutoScalingConfigurationArn";
    private const string Connector = "NetworkConfiguration.EgressConfiguration.VpcConnectorArn";
    private const string Tracing = "ObservabilityConfiguration.ObservabilityConfigurationArn";
    private const string Connection = "SourceConfiguration.AuthenticationConfiguration.ConnectionArn";
    private const string Id = "0123456789abcdef0123456789abcdef";

    private readonly Session session;
    private readonly Relay relay;

    public ReferenceTests()
    {
        session = Session.Relayed(out relay, "-OperationDuration 0", "$git = New-ARConnection github GITHUB -WarningAction SilentlyContinue | Approve-ARConnection");
        session.Run($$"""
            $image = '{{Session.Image}}'
            $network = { param($connector) @{ EgressConfiguration = @{ EgressType = 'VPC'; VpcConnectorArn = $connector } } }
            $high1 = New-ARAutoScalingConfiguration high -MaxSize 3
            $high2 = New-ARAutoScalingConfiguration high -MaxSize 4
            $trace1 = New-ARObservabilityConfiguration tracing AWSXRAY
            $way = New-ARVpcConnector way-out subnet-0123456789abcdef0
            """).ShouldBeClean();
    }

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await relay.DisposeAsync();
    }

    [Theory]
    [InlineData("-AutoScalingConfigurationArn high", Scaling, "high/2")]
    [InlineData("-AutoScalingConfigurationArn high/1", Scaling, "high/1")]
    [InlineData("-AutoScalingConfigurationArn $high1", Scaling, "high/1")]
    [InlineData("-AutoScalingConfigurationArn @($high1)", Scaling, "high/1")]
    [InlineData("-AutoScalingConfigurationArn ($high1 | ConvertTo-Json | ConvertFrom-Json)", Scaling, "high/1")]
    [InlineData("-AutoScalingConfigurationArn @{ autoscalingconfigurationname = 'high' }", Scaling, "high/2")]
    [InlineData("-NetworkConfiguration (& $network way-out)", Connector, "way-out/1")]
    [InlineData("-NetworkConfiguration (& $network $way)", Connector, "way-out/1")]
    [InlineData("-NetworkConfiguration (& $network @{ VpcConnectorArn = $way.VpcConnectorArn })", Connector, "way-out/1")]
    [InlineData("-NetworkConfiguration (& $network ($way | ConvertTo-Json | ConvertFrom-Json))", Connector, "way-out/1")]
    [InlineData("-NetworkConfiguration (New-ARNetworkConfig -VpcConnectorArn way-out)", Connector, "way-out/1")]
    [InlineData("-NetworkConfiguration (New-ARNetworkConfig -VpcConnectorArn ([pscustomobject]@{ VpcConnectorName = 'way-out' }))", Connector, "way-out/1")]
    [InlineData("-ObservabilityConfiguration @{ ObservabilityEnabled = $true; ObservabilityConfigurationArn = 'tracing' }", Tracing, "tracing/1")]
    [InlineData("-ObservabilityConfiguration (New-ARServiceObservabilityConfig tracing/1)", Tracing, "tracing/1")]
    [InlineData("-ObservabilityConfiguration (New-ARServiceObservabilityConfig $trace1)", Tracing, "tracing/1")]
    public void A_name_or_an_object_is_sent_as_an_ARN(string parameter, string member, string expected)
    {
        session.Run("New-ARService web1 $image " + parameter).ShouldBeClean();
        session.Run("New-ARService web2 $image; Update-ARService web2 " + parameter).ShouldBeClean();

        foreach (var operation in new[] { "CreateService", "UpdateService" })
            Text(JsonNode.Parse(relay.Server.Requests.First(request => Relay.Operation(request) == operation && Text(JsonNode.Parse(request.Body), member) is not null).Body), member)!.ShouldContain("/" + expected + "/");
    }

    [Theory]
    [InlineData("New-ARService code -RepositoryUrl https://github.com/o/n -ConnectionArn github")]
    [InlineData("New-ARService code -RepositoryUrl https://github.com/o/n -ConnectionArn $git")]
    [InlineData("New-ARService code -SourceConfiguration (New-ARSourceConfig -RepositoryUrl https://github.com/o/n -ConnectionArn github)")]
    [InlineData("New-ARService code -SourceConfiguration @{ CodeRepository = @{ RepositoryUrl = 'https://github.com/o/n'; SourceCodeVersion = @{ Type = 'BRANCH'; Value = 'main' }; CodeConfiguration = @{ ConfigurationSource = 'REPOSITORY' } }; AuthenticationConfiguration = @{ ConnectionArn = 'github' } }")]
    [InlineData("@{ ServiceName = 'code'; RepositoryUrl = 'https://github.com/o/n'; ConnectionArn = 'github' } | New-ARService")]
    [InlineData("@{ ServiceName = 'code'; RepositoryUrl = 'https://github.com/o/n'; ConnectionArn = $git } | New-ARService")]
    [InlineData("[pscustomobject]@{ ServiceName = 'code'; RepositoryUrl = 'https://github.com/o/n'; ConnectionArn = 'github' } | New-ARService")]
    public void A_connection_is_given_by_name_in_every_input(string command)
    {
        session.Run(command).ShouldBeClean();

        Text(relay.BodyOf("CreateService"), Connection).ShouldBe(((ConnectionSummary)session["git"]!).ConnectionArn);
    }

    [Fact]
    public void A_name_in_a_file_is_resolved()
    {
        var folder = Directory.CreateTempSubdirectory("apprunner-tests-");
        session["file"] = Path.Combine(folder.FullName, "web.json");
        File.WriteAllText((string)session["file"]!, """{ "ServiceName": "web1", "ImageIdentifier": "public.ecr.aws/nginx/nginx:1", "AutoScalingConfigurationArn": "high/1", "ObservabilityConfiguration": { "ObservabilityEnabled": true, "ObservabilityConfigurationArn": "tracing" } }""");

        var result = session.Run("New-ARService -Path $file");
        folder.Delete(recursive: true);

        result.ShouldBeClean();
        Text(relay.BodyOf("CreateService"), Scaling)!.ShouldContain("/high/1/");
        Text(relay.BodyOf("CreateService"), Tracing)!.ShouldContain("/tracing/1/");
    }

    [Fact]
    public void A_name_is_looked_up_once_for_all_records_and_never_in_the_input_object()
    {
        session.Run("""
            $network = New-ARNetworkConfig -VpcConnectorArn way-out
            1..5 | ForEach-Object { @{ ServiceName = "web$_"; ImageIdentifier = $image; AutoScalingConfigurationArn = 'high' } } | New-ARService -NetworkConfiguration $network
            """).ShouldBeClean();

        relay.CountOf("CreateService").ShouldBe(5);
        relay.CountOf("ListAutoScalingConfigurations").ShouldBe(1);
        relay.CountOf("ListVpcConnectors").ShouldBe(1);
        ((NetworkConfiguration)session["network"]!).EgressConfiguration!.VpcConnectorArn.ShouldBe("way-out");
    }

    [Fact]
    public void The_latest_active_revision_is_used()
    {
        session.Run("Remove-ARAutoScalingConfiguration high/2 -Confirm:$false; New-ARService web1 $image -AutoScalingConfigurationArn high").ShouldBeClean();

        Text(relay.BodyOf("CreateService"), Scaling)!.ShouldContain("/high/1/");
    }

    [Fact]
    public void An_inactive_resource_of_the_same_name_is_not_used()
    {
        relay.Before = (operation, _, _) => Task.FromResult(operation == "ListVpcConnectors"
            ? ScriptedServer.Respond($$"""
                {"VpcConnectors":[
                  {"VpcConnectorName":"way-out","VpcConnectorArn":"arn:aws:apprunner:us-east-1:000000000000:vpcconnector/way-out/1/{{Id}}","Status":"ACTIVE"},
                  {"VpcConnectorName":"way-out","VpcConnectorArn":"arn:aws:apprunner:us-east-1:000000000000:vpcconnector/way-out/1/{{Id.Replace('0', 'f')}}","Status":"INACTIVE"}]}
                """)
            : null);

        session.Run("New-ARService web1 $image -NetworkConfiguration (& $network way-out) -ErrorAction SilentlyContinue");

        Text(relay.BodyOf("CreateService"), Connector)!.ShouldEndWith(Id);
    }

    [Theory]
    [InlineData("-AutoScalingConfigurationArn hihg", Scaling + ": There is no auto scaling configuration named \"hihg\" in us-east-1. Did you mean \"high\"? Existing: DefaultConfiguration, high.")]
    [InlineData("-AutoScalingConfigurationArn high/7", Scaling + ": There is no auto scaling configuration named \"high/7\" in us-east-1. Did you mean \"high/1\"? Existing: DefaultConfiguration, high.")]
    [InlineData("-NetworkConfiguration (& $network zzzzzzz)", Connector + ": There is no VPC connector named \"zzzzzzz\" in us-east-1. Existing: way-out.")]
    [InlineData("-NetworkConfiguration (& $network way-out) -Region eu-west-1", Connector + ": There is no VPC connector named \"way-out\" in eu-west-1. None exists.")]
    public void A_name_that_does_not_exist_is_an_error_with_the_names_that_do(string parameter, string message)
    {
        session.NewService("web2");
        var before = relay.CountOf("CreateService");

        session.Run("New-ARService web1 $image " + parameter).ErrorWith("ResourceNotFound").ToString().ShouldBe(message);

        relay.CountOf("CreateService").ShouldBe(before);
        if (!parameter.Contains("-Region", StringComparison.Ordinal))
            session.Run("Update-ARService web2 " + parameter).ErrorWith("ResourceNotFound").ToString().ShouldBe(message);
        relay.CountOf("UpdateService").ShouldBe(0);
    }

    [Theory]
    [InlineData("New-ARService web1 $image -AutoScalingConfigurationArn (Get-ARAutoScalingConfiguration high)", "The auto scaling configuration must be a single resource, not a list of 2.")]
    [InlineData("New-ARNetworkConfig -VpcConnectorArn @()", "The VPC connector must be a single resource, not an empty list.")]
    [InlineData("New-ARService web1 $image -NetworkConfiguration (& $network @($way, $way))", Connector + ": must be a single resource, not a list of 2.")]
    [InlineData("@{ ServiceName = 'web1'; ImageIdentifier = $image; AutoScalingConfigurationArn = 'high', 'high/1' } | New-ARService", Scaling + ": must be a single resource, not a list of 2.")]
    public void A_list_of_resources_is_an_error_of_its_own(string command, string message)
    {
        var result = session.Run(command);

        (result.Ended?.Message ?? result.Errors.ShouldHaveSingleItem().ToString()).ShouldContain(message);
        relay.CountOf("CreateService").ShouldBe(0);
    }

    [Theory]
    [InlineData("'{ \"AutoScalingConfiguration\": ' + ($high1 | ConvertTo-Json) + '}' | ConvertFrom-Json")]
    [InlineData("@{ Name = 'high/1' }")]
    public void The_output_of_the_AWS_CLI_and_a_Name_are_references(string value)
    {
        session.Run($"$value = {value}; New-ARService web1 $image -AutoScalingConfigurationArn $value; @{{ ServiceName = 'web2'; ImageIdentifier = $image; AutoScalingConfigurationArn = $value }} | New-ARService").ShouldBeClean();

        relay.Server.Requests.Where(request => Relay.Operation(request) == "CreateService").Select(request => Text(JsonNode.Parse(request.Body), Scaling)).ShouldAllBe(arn => arn!.Contains("/high/1/"));
    }

    [Theory]
    [InlineData("nope", "AutoScalingConfigurationArn: There is no auto scaling configuration named")]
    [InlineData("arn:aws:apprunner:eu-west-1:000000000000:autoscalingconfiguration/high/1", "AutoScalingConfigurationArn: 'arn:aws:apprunner:eu-west-1:")]
    public void A_reference_that_cannot_be_used_has_its_position(string reference, string message)
    {
        session["text"] = "{ \"ServiceName\": \"web2\", \"ImageIdentifier\": \"public.ecr.aws/nginx/nginx:1\",\n  \"AutoScalingConfigurationArn\": \"" + reference + "\" }";
        session.NewService("web2");

        session.Run("$text | New-ARService -ServiceName web1").Errors.ShouldHaveSingleItem().ToString().ShouldStartWith("JSON(2,3): " + message);
        session.Run("Update-ARService -InputObject $text").Errors.ShouldHaveSingleItem().ToString().ShouldStartWith("JSON(2,3): " + message);
    }

    [Fact]
    public async Task A_resource_of_another_account_is_an_error_where_the_account_is_known()
    {
        const string Role = "arn:aws:iam::999999999999:role/web";
        const string Message = "InstanceConfiguration.InstanceRoleArn: 'arn:aws:iam::999999999999:role/web' is in account 999999999999, but the service is in account 123456789012. Use one of that account, or leave it out.";
        using var other = Session.Relayed(out var calls, "-OperationDuration 0 -AccountId 123456789012", $"$null = New-ARAutoScalingConfiguration high; $null = New-ARService web2 {Session.Image}");

        other.Run($"New-ARService web1 {Session.Image} -AutoScalingConfigurationArn high -InstanceRoleArn {Role}").ErrorWith("InvalidParameter").ToString().ShouldBe(Message);
        other.Run($"Update-ARService web2 -InstanceRoleArn {Role}").ErrorWith("InvalidParameter").ToString().ShouldBe(Message);
        calls.CountOf("CreateService").ShouldBe(0);
        calls.CountOf("UpdateService").ShouldBe(0);

        // Without a name, nothing says which account it is, and a key may be shared.
        other.Run($"New-ARService web1 {Session.Image} -InstanceRoleArn {Role} -EncryptionConfiguration @{{ KmsKey = 'arn:aws:kms:us-east-1:999999999999:key/12345678-1234-1234-1234-123456789012' }}").ShouldBeClean();
        calls.CountOf("ListAutoScalingConfigurations").ShouldBe(1);
        await calls.DisposeAsync();
    }

    [Fact]
    public void Several_missing_names_are_one_error()
    {
        var error = session.Run("New-ARService web1 $image -AutoScalingConfigurationArn hihg -NetworkConfiguration (& $network nothing)").ErrorWith("ResourceNotFound").ToString();

        error.ShouldStartWith("The definition of service \"web1\" has 2 problems:");
        error.ShouldContain($"(1) {Scaling}: ");
        error.ShouldContain($"(2) {Connector}: ");
    }

    [Theory]
    [InlineData("-AccessRoleArn my-role", "SourceConfiguration.AuthenticationConfiguration.AccessRoleArn: 'my-role' must be an ARN like arn:aws:iam::123456789012:role/NAME, not a name.")]
    [InlineData("-InstanceRoleArn my-role", "InstanceConfiguration.InstanceRoleArn: 'my-role' must be an ARN like arn:aws:iam::123456789012:role/NAME, not a name.")]
    [InlineData("-EncryptionConfiguration @{ KmsKey = 'alias/my-key' }", "EncryptionConfiguration.KmsKey: 'alias/my-key' must be an ARN like arn:aws:kms:REGION:123456789012:key/NAME, not a name.")]
    [InlineData("-AutoScalingConfigurationArn 'too high'", "AutoScalingConfigurationArn: 'too high' must be a name (4 to 32 letters, digits, - or _, beginning with a letter or digit), NAME/REVISION or an ARN like arn:aws:apprunner:REGION:123456789012:autoscalingconfiguration/NAME.")]
    [InlineData("-AutoScalingConfigurationArn hgh", "AutoScalingConfigurationArn: 'hgh' must be a name (4 to 32 letters, ")]
    [InlineData("-AutoScalingConfigurationArn arn:aws:apprunner:us-east-1:123456789012:vpcconnector/way/1", "AutoScalingConfigurationArn: 'arn:aws:apprunner:us-east-1:123456789012:vpcconnector/way/1' must be a name, NAME/REVISION or an ARN like")]
    [InlineData("-NetworkConfiguration (& $network way-out/1)", Connector + ": 'way-out/1' must be a name (4 to 40 letters, digits, - or _, beginning with a letter or digit) or an ARN like")]
    public void A_name_is_not_valid_where_only_an_ARN_is_taken(string parameter, string message)
    {
        var before = relay.Operations.Count;

        session.Run("New-ARService web1 $image " + parameter).Errors.ShouldHaveSingleItem().ToString().ShouldContain(message);

        relay.Operations.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("-AutoScalingConfigurationArn arn:aws:apprunner:eu-west-1:123456789012:autoscalingconfiguration/high/1/" + Id, Scaling)]
    [InlineData("-NetworkConfiguration (& $network arn:aws:apprunner:eu-west-1:123456789012:vpcconnector/way-out/1/" + Id + ")", Connector)]
    [InlineData("-ObservabilityConfiguration @{ ObservabilityEnabled = $true; ObservabilityConfigurationArn = 'arn:aws:apprunner:eu-west-1:123456789012:observabilityconfiguration/tracing/1/" + Id + "' }", Tracing)]
    public void A_resource_of_another_region_is_an_error_that_names_it(string parameter, string member)
    {
        session.NewService("web2");
        var before = relay.CountOf("CreateService");

        foreach (var command in new[] { "New-ARService web1 $image ", "Update-ARService web2 " })
        {
            var error = session.Run(command + parameter).ErrorWith("InvalidParameter").ToString();
            error.ShouldStartWith($"{member}: 'arn:aws:apprunner:eu-west-1:", Case.Sensitive);
            error.ShouldEndWith("is in eu-west-1, but the service is in us-east-1. Use one in us-east-1, or leave it out.");
        }

        relay.CountOf("CreateService").ShouldBe(before);
        relay.CountOf("UpdateService").ShouldBe(0);
    }

    [Fact]
    public void A_key_of_another_region_is_an_error_and_a_role_has_no_region()
    {
        session.Run("New-ARService web1 $image -EncryptionConfiguration @{ KmsKey = 'arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef' }")
            .ErrorWith("InvalidParameter").ToString().ShouldStartWith("EncryptionConfiguration.KmsKey: 'arn:aws:kms:eu-west-1:");
        session.Run("New-ARService web1 $image -InstanceRoleArn arn:aws:iam::123456789012:role/my-role").ShouldBeClean();
    }

    [Fact]
    public void WhatIf_resolves_names_and_changes_nothing()
    {
        var result = session.Run("New-ARService web1 $image -AutoScalingConfigurationArn high -WhatIf -Verbose").ShouldBeClean();

        relay.CountOf("CreateService").ShouldBe(0);
        result.Verbose.ShouldContain(line => line.Contains("/high/2/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_config_object_keeps_the_name_without_a_call()
    {
        using var plain = Session.Plain();

        plain.Run("New-ARNetworkConfig -VpcConnectorArn way-out").All<NetworkConfiguration>().ShouldHaveSingleItem().EgressConfiguration!.VpcConnectorArn.ShouldBe("way-out");
        plain.Run("New-ARServiceObservabilityConfig tracing/2").All<ServiceObservabilityConfiguration>().ShouldHaveSingleItem().ObservabilityConfigurationArn.ShouldBe("tracing/2");
        plain.Run("New-ARSourceConfig -RepositoryUrl https://github.com/o/n -ConnectionArn github").All<SourceConfiguration>().ShouldHaveSingleItem().AuthenticationConfiguration!.ConnectionArn.ShouldBe("github");
        plain.Run("New-ARNetworkConfig -VpcConnectorArn 'way out'").ErrorWith("InvalidParameter").ToString().ShouldContain("must be a name (4 to 40 letters, digits, - or _, beginning with a letter or digit) or an ARN like");
    }

    [Fact]
    public void An_offline_test_of_a_definition_says_that_a_name_was_not_resolved()
    {
        using var plain = Session.Plain();
        const string Definition = "@{ ServiceName = 'web1'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; AutoScalingConfigurationArn = 'high' } | Test-ARServiceDefinition";

        var problem = plain.Run(Definition).All<DefinitionProblem>().ShouldHaveSingleItem();

        problem.Severity.ShouldBe(ProblemSeverity.Warning);
        problem.Path.ShouldBe(Scaling);
        problem.Message.ShouldBe("\"high\" is the name of an auto scaling configuration. It was not resolved, because this check makes no call.");
        plain.Run(Definition + " -Quiet").All<bool>().ShouldBe([true]);
    }

    [Theory]
    [InlineData("New-ARService web1 $image -AutoScalingConfigurationArn hi", "high")]
    [InlineData("Update-ARService web1 -AutoScalingConfigurationArn hi", "high")]
    [InlineData("New-ARService web1 -ConnectionArn git", "github")]
    [InlineData("Update-ARService web1 -ConnectionArn ", "github")]
    [InlineData("New-ARSourceConfig -RepositoryUrl u -ConnectionArn ", "github")]
    [InlineData("New-ARNetworkConfig -VpcConnectorArn ", "way-out")]
    [InlineData("New-ARServiceObservabilityConfig ", "tracing")]
    public void Names_are_completed(string line, string expected) => session.Complete(line).ShouldBe([expected]);

    private static string? Text(JsonNode? body, string path) => (string?)path.Split('.').Aggregate(body, (node, member) => node?[member]);
}
