using AppRunner.Conformance.Tests.Scenario;
using static AppRunner.Conformance.Tests.Parts.Examples;
using static AppRunner.Conformance.Tests.Scenario.Step;

namespace AppRunner.Conformance.Tests.Parts;

/// <summary>Connections to code repositories, and a service that is built through one.</summary>
internal static class ConnectionSteps
{
    private const string Nothing = $$"""{ "ConnectionArn": "{{Arn}}connection/nothing/{{NoId}}" }""";

    private const string CodeService = """
        {
          "ServiceName": "site-1",
          "SourceConfiguration": {
            "CodeRepository": {
              "RepositoryUrl": "https://github.com/example/site",
              "SourceCodeVersion": { "Type": "BRANCH", "Value": "main" },
              "SourceDirectory": "web",
              "CodeConfiguration": {
                "ConfigurationSource": "API",
                "CodeConfigurationValues": {
                  "Runtime": "NODEJS_22",
                  "BuildCommand": "npm ci",
                  "StartCommand": "npm start",
                  "Port": "8081",
                  "RuntimeEnvironmentVariables": { "MODE": "live" },
                  "RuntimeEnvironmentSecrets": { "DB": "arn:aws:ssm:us-east-1:123456789012:parameter/db" }
                }
              }
            },
            "AutoDeploymentsEnabled": false,
            "AuthenticationConfiguration": { "ConnectionArn": "$github.Connection.ConnectionArn" }
          },
          "InstanceConfiguration": { "InstanceRoleArn": "arn:aws:iam::123456789012:role/web" }
        }
        """;

    public static Part Part { get; } = new("connections",
    [
        Call("ListConnections").Counts("ConnectionSummaryList", 0).Lacks("NextToken"),
        Call("CreateConnection", """{ "ConnectionName": "github-1", "ProviderType": "GITHUB", "Tags": [ { "Key": "team", "Value": "web" } ] }""").As("github")
            .Gives("Connection.ConnectionName", "github-1")
            .Gives("Connection.ProviderType", "GITHUB")
            .Gives("Connection.Status", "PENDING_HANDSHAKE")
            .Has("Connection.CreatedAt"),
        Call("CreateConnection", """{ "ConnectionName": "github-1", "ProviderType": "GITHUB" }""").Fails("InvalidRequestException"),
        Call("CreateConnection", """{ "ConnectionName": "gitlab-1", "ProviderType": "GITLAB" }""").Fails("InvalidRequestException"),

        // The handshake, for which the API has no operation.
        Call("CreateService", CodeService).Fails("InvalidRequestException"),
        Do("the connection is approved", run => run.Endpoint.ApproveConnection(run.Text("$github.Connection.ConnectionArn"))),
        Call("ListConnections", """{ "ConnectionName": "github-1" }""")
            .Counts("ConnectionSummaryList", 1)
            .Gives("ConnectionSummaryList[0].ConnectionArn", "$github.Connection.ConnectionArn")
            .Gives("ConnectionSummaryList[0].Status", "AVAILABLE"),
        Call("CreateService", CodeService)
            .Gives("Service.SourceConfiguration.CodeRepository.SourceDirectory", "web")
            .Gives("Service.SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.Runtime", "NODEJS_22")
            .Gives("Service.SourceConfiguration.AuthenticationConfiguration.ConnectionArn", "$github.Connection.ConnectionArn"),
        Call("DeleteConnection", """{ "ConnectionArn": "$github.Connection.ConnectionArn" }""").Fails("InvalidRequestException"),

        // Pages.
        Call("CreateConnection", """{ "ConnectionName": "bitbucket-1", "ProviderType": "BITBUCKET" }""").As("bitbucket"),
        Call("ListConnections", """{ "MaxResults": 1 }""").As("page").Counts("ConnectionSummaryList", 1).Has("NextToken"),
        Call("ListConnections", """{ "MaxResults": 100, "NextToken": "$page.NextToken" }""").Counts("ConnectionSummaryList", 1).Lacks("NextToken"),
        Call("ListConnections", """{ "MaxResults": 101 }""").Fails("InvalidRequestException"),

        Call("DeleteConnection", """{ "ConnectionArn": "$bitbucket.Connection.ConnectionArn" }""").Gives("Connection.Status", "DELETED"),
        Call("ListConnections").Counts("ConnectionSummaryList", 1),

        // By the name, as in the example of the AWS CLI.
        Call("CreateConnection", """{ "ConnectionName": "bitbucket-2", "ProviderType": "BITBUCKET" }""").As("named"),
        Call("DeleteConnection", $$"""{ "ConnectionArn": "{{Arn}}connection/bitbucket-2" }""")
            .Gives("Connection.ConnectionArn", "$named.Connection.ConnectionArn")
            .Gives("Connection.Status", "DELETED"),
        Call("DeleteConnection", $$"""{ "ConnectionArn": "{{Arn}}connection/bitbucket-2" }""").Fails("ResourceNotFoundException"),
        Call("DeleteConnection", Nothing).Fails("ResourceNotFoundException"),
        Call("DeleteConnection", """{ "ConnectionArn": "github-1" }""").Fails("InvalidRequestException"),

        UpToQuota("CreateConnection", 10, """{ "ConnectionName": "name-#", "ProviderType": "GITHUB" }"""),
    ]);
}
