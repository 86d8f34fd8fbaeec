using AppRunner.Conformance.Tests.Scenario;
using static AppRunner.Conformance.Tests.Parts.Examples;
using static AppRunner.Conformance.Tests.Scenario.Step;

namespace AppRunner.Conformance.Tests.Parts;

/// <summary>Services and their operations.</summary>
internal static class ServiceSteps
{
    private const string Web = """{ "ServiceArn": "$web.Service.ServiceArn" }""";
    private const string Missing = $$"""{ "ServiceArn": "{{NoService}}" }""";
    private const string Malformed = """{ "ServiceArn": "web" }""";

    private const string Everything = """
        {
          "ServiceName": "web-1",
          "SourceConfiguration": {
            "ImageRepository": {
              "ImageIdentifier": "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/web:1.2",
              "ImageRepositoryType": "ECR",
              "ImageConfiguration": {
                "Port": "3000",
                "StartCommand": "npm start",
                "RuntimeEnvironmentVariables": { "MODE": "live", "EMPTY": "", "\u00fcml\u00e4ut": "\u2713" },
                "RuntimeEnvironmentSecrets": { "DB": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf" }
              }
            },
            "AutoDeploymentsEnabled": true,
            "AuthenticationConfiguration": { "AccessRoleArn": "arn:aws:iam::123456789012:role/service-role/AppRunnerECRAccessRole" }
          },
          "InstanceConfiguration": { "Cpu": "1 vCPU", "Memory": "3 GB", "InstanceRoleArn": "arn:aws:iam::123456789012:role/web" },
          "Tags": [ { "Key": "team", "Value": "web" }, { "Key": "empty", "Value": "" } ],
          "EncryptionConfiguration": { "KmsKey": "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef" },
          "HealthCheckConfiguration": { "Protocol": "HTTP", "Path": "/health", "Interval": 10, "Timeout": 5, "HealthyThreshold": 2, "UnhealthyThreshold": 3 },
          "NetworkConfiguration": { "EgressConfiguration": { "EgressType": "DEFAULT" }, "IngressConfiguration": { "IsPubliclyAccessible": true }, "IpAddressType": "DUAL_STACK" },
          "ObservabilityConfiguration": { "ObservabilityEnabled": false }
        }
        """;

    public static Part Part { get; } = new("services",
    [
        Call("ListServices").Counts("ServiceSummaryList", 0).Lacks("NextToken"),

        // Creation with all members.
        Call("CreateService", Everything).As("web")
            .Gives("Service.Status", "OPERATION_IN_PROGRESS")
            .Gives("Service.InstanceConfiguration.Cpu", "1024")
            .Gives("Service.InstanceConfiguration.Memory", "3072")
            .Gives("Service.HealthCheckConfiguration.Interval", 10)
            .Gives("Service.NetworkConfiguration.IpAddressType", "DUAL_STACK")
            .Gives("Service.NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible", true)
            .Gives("Service.SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.EMPTY", "")
            .Gives("Service.SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.\u00fcml\u00e4ut", "\u2713")
            .Gives("Service.ObservabilityConfiguration.ObservabilityEnabled", false)
            .Gives("Service.AutoScalingConfigurationSummary.AutoScalingConfigurationName", "DefaultConfiguration")
            .Has("OperationId")
            .Lacks("Service.DeletedAt"),
        Call("CreateService", $$"""{ "ServiceName": "web-1", {{Source}} }""").Fails("InvalidRequestException"),
        Call("CreateService", $$"""{ "ServiceName": "a name with spaces", {{Source}} }""").Fails("InvalidRequestException"),

        // While an operation is in progress, no other starts.
        Call("ListOperations", Web)
            .Counts("OperationSummaryList", 1)
            .Gives("OperationSummaryList[0].Id", "$web.OperationId")
            .Gives("OperationSummaryList[0].Type", "CREATE_SERVICE")
            .Gives("OperationSummaryList[0].Status", "PENDING")
            .Gives("OperationSummaryList[0].TargetArn", "$web.Service.ServiceArn")
            .Lacks("OperationSummaryList[0].EndedAt"),
        Call("UpdateService", """{ "ServiceArn": "$web.Service.ServiceArn", "InstanceConfiguration": { "Cpu": "2 vCPU", "Memory": "4 GB" } }""").Fails("InvalidStateException"),
        Call("UpdateService", """{ "ServiceArn": "$web.Service.ServiceArn", "ObservabilityConfiguration": { "ObservabilityEnabled": false } }""").Fails("InvalidRequestException"),
        Call("PauseService", Web).Fails("InvalidStateException"),
        Call("ResumeService", Web).Fails("InvalidStateException"),
        Call("DeleteService", Web).Fails("InvalidStateException"),
        Call("StartDeployment", Web).Fails("InvalidRequestException"),
        Pass(),
        Call("ListOperations", Web).Gives("OperationSummaryList[0].Status", "SUCCEEDED").Has("OperationSummaryList[0].EndedAt"),
        Call("DescribeService", Web).Gives("Service.Status", "RUNNING").Gives("Service.ServiceName", "web-1").Gives("Service.ServiceUrl", "$web.Service.ServiceUrl"),

        // Pause and resume.
        Call("ResumeService", Web).Fails("InvalidStateException"),
        Call("PauseService", Web).As("paused").Gives("Service.Status", "OPERATION_IN_PROGRESS").Has("OperationId"),
        Pass(),
        Call("DescribeService", Web).Gives("Service.Status", "PAUSED"),
        Call("PauseService", Web).Fails("InvalidStateException"),
        Call("ResumeService", Web).Gives("Service.Status", "OPERATION_IN_PROGRESS").Has("OperationId"),
        Pass(),

        // A successful and a rolled-back update.
        Call("UpdateService", """{ "ServiceArn": "$web.Service.ServiceArn", "InstanceConfiguration": { "Cpu": "2 vCPU", "Memory": "4 GB" } }""")
            .Gives("Service.InstanceConfiguration.Cpu", "2048").Has("OperationId"),
        Pass(),
        Do("the next update is rolled back", run => run.Endpoint.SetNextOutcome("ROLLBACK_SUCCEEDED", "UPDATE_SERVICE")),
        Call("UpdateService", """{ "ServiceArn": "$web.Service.ServiceArn", "HealthCheckConfiguration": { "Protocol": "TCP" } }"""),
        Pass(),
        Call("DescribeService", Web).Gives("Service.Status", "RUNNING").Gives("Service.HealthCheckConfiguration.Protocol", "HTTP").Gives("Service.InstanceConfiguration.Cpu", "2048"),
        Call("UpdateService", """{ "ServiceArn": "$web.Service.ServiceArn", "InstanceConfiguration": { "Cpu": "3 vCPU" } }""").Fails("InvalidRequestException"),

        // Deployment.
        Call("StartDeployment", Web).As("deployment").Has("OperationId"),
        Pass(),

        // Operations are listed newest first, in pages.
        Call("ListOperations", """{ "ServiceArn": "$web.Service.ServiceArn", "MaxResults": 2 }""").As("operations")
            .Counts("OperationSummaryList", 2)
            .Gives("OperationSummaryList[0].Id", "$deployment.OperationId")
            .Gives("OperationSummaryList[1].Status", "ROLLBACK_SUCCEEDED")
            .Has("NextToken"),
        Call("ListOperations", """{ "ServiceArn": "$web.Service.ServiceArn", "MaxResults": 20, "NextToken": "$operations.NextToken" }""")
            .Counts("OperationSummaryList", 4)
            .Gives("OperationSummaryList[2].Id", "$paused.OperationId")
            .Lacks("NextToken"),
        Call("ListOperations", """{ "ServiceArn": "$web.Service.ServiceArn", "MaxResults": 21 }""").Fails("InvalidRequestException"),
        Call("ListOperations", """{ "ServiceArn": "$web.Service.ServiceArn", "NextToken": "made-up" }""").Fails("InvalidRequestException"),

        // Up to the quota, then services in pages.
        Call("CreateService", $$"""{ "ServiceName": "web-2", {{Source}} }""").As("second"),
        Do("a creation fails", run => run.Endpoint.SetNextOutcome("FAILED", "CREATE_SERVICE")),
        Call("CreateService", $$"""{ "ServiceName": "web-3", {{Source}} }""").As("third"),
        Call("CreateService", $$"""{ "ServiceName": "web-4", {{Source}} }""").Fails("ServiceQuotaExceededException"),
        Pass(),
        Call("ListServices", """{ "MaxResults": 2 }""").As("services")
            .Counts("ServiceSummaryList", 2)
            .Gives("ServiceSummaryList[ServiceName=web-1].ServiceArn", "$web.Service.ServiceArn")
            .Has("NextToken"),
        Call("ListServices", """{ "MaxResults": 20, "NextToken": "$services.NextToken" }""")
            .Counts("ServiceSummaryList", 1)
            .Gives("ServiceSummaryList[0].Status", "CREATE_FAILED")
            .Lacks("NextToken"),
        Call("ListServices", """{ "MaxResults": 21 }""").Fails("InvalidRequestException"),
        Call("ListServices", """{ "NextToken": "made-up" }""").Fails("InvalidRequestException"),

        // Deletion: the deleted service can still be described.
        Call("DeleteService", """{ "ServiceArn": "$third.Service.ServiceArn" }""").Gives("Service.Status", "OPERATION_IN_PROGRESS").Has("OperationId"),
        Pass(),
        Call("DescribeService", """{ "ServiceArn": "$third.Service.ServiceArn" }""").Gives("Service.Status", "DELETED").Has("Service.DeletedAt"),
        Call("DeleteService", """{ "ServiceArn": "$third.Service.ServiceArn" }""").Fails("InvalidStateException"),
        Call("ListServices").Counts("ServiceSummaryList", 2),

        // A missing service and a malformed ARN.
        Call("DescribeService", Missing).Fails("ResourceNotFoundException"),
        Call("UpdateService", Missing).Fails("ResourceNotFoundException"),
        Call("PauseService", Missing).Fails("ResourceNotFoundException"),
        Call("ResumeService", Missing).Fails("ResourceNotFoundException"),
        Call("StartDeployment", Missing).Fails("ResourceNotFoundException"),
        Call("DeleteService", Missing).Fails("ResourceNotFoundException"),
        Call("ListOperations", Missing).Fails("ResourceNotFoundException"),
        Call("DescribeService", Malformed).Fails("InvalidRequestException"),
        Call("PauseService", Malformed).Fails("InvalidRequestException"),
        Call("ResumeService", Malformed).Fails("InvalidRequestException"),
        Call("DeleteService", Malformed).Fails("InvalidRequestException"),
    ]);
}
