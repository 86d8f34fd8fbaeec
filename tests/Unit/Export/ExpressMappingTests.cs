using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Export;
using AppRunner.Model;
using AppRunner.Model.Rules;
using Shouldly;
using Xunit;
using static AppRunner.Unit.Tests.Export.ExportedServices;

namespace AppRunner.Unit.Tests.Export;

/// <summary>The table App Runner -> Amazon ECS Express Mode, row by row.</summary>
public class ExpressMappingTests
{
    [Fact]
    public void Names_image_port_sizes_and_path_are_carried_over()
    {
        var (express, findings) = Map(Image());

        express.ServiceName.ShouldBe("web");
        express.Image.ShouldBe("public.ecr.aws/nginx/nginx:1");
        express.ContainerPort.ShouldBe(80);
        (express.Cpu, express.Memory).ShouldBe(("1024", "2048"));
        express.HealthCheckPath.ShouldBe("/health");
        (express.MinTaskCount, express.MaxTaskCount).ShouldBe((2, 7));
        (express.AutoScalingMetric, express.AutoScalingTargetValue).ShouldBe(("AVERAGE_CPU", 60));
        express.Subnets.ShouldBeEmpty();
        express.Command.ShouldBeNull();
        express.Environment.ShouldBe(new Dictionary<string, string> { ["PORT"] = "80" });
        findings.ShouldNotContain(finding => finding.Severity == MigrationSeverity.Blocker);
        Open(findings).ShouldBe([nameof(ExpressDecisions.ExecutionRoleArn), nameof(ExpressDecisions.InfrastructureRoleArn), nameof(ExpressDecisions.AutoScalingMetric)], ignoreOrder: true);
    }

    [Theory]
    [InlineData(null, 8080)]
    [InlineData("", 8080)]
    [InlineData("1", 1)]
    [InlineData("65535", 65535)]
    public void The_port_is_always_a_number(string? port, int expected)
    {
        var snapshot = Image();
        snapshot.Service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port = port;

        var express = Map(snapshot).Express;

        express.ContainerPort.ShouldBe(expected);
        express.Environment["PORT"].ShouldBe(expected.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1 vCPU", "2 GB", "1024", "2048")]
    [InlineData("0.25 vCPU", "0.5 GB", "256", "512")]
    [InlineData("4096", "12 GB", "4096", "12288")]
    [InlineData(null, null, "1024", "2048")]
    [InlineData("8192", "16384", "8192", "16384")]
    public void Sizes_are_units_and_megabytes(string? cpu, string? memory, string expectedCpu, string expectedMemory)
    {
        var snapshot = Image();
        snapshot.Service.InstanceConfiguration = new InstanceConfiguration { Cpu = cpu, Memory = memory };

        var express = Map(snapshot).Express;

        (express.Cpu, express.Memory).ShouldBe((expectedCpu, expectedMemory));
    }

    [Theory]
    [InlineData("node server.js", new[] { "node", "server.js" })]
    [InlineData("sh -c 'echo \"a b\" && exec x'", new[] { "sh", "-c", "echo \"a b\" && exec x" })]
    [InlineData("a \"b \\\" c\" d\\ e ''", new[] { "a", "b \" c", "d e", "" })]
    public void A_start_command_is_split_and_has_to_be_checked(string command, string[] expected)
    {
        var snapshot = Image();
        snapshot.Service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.StartCommand = command;

        var (express, findings) = Map(snapshot);

        express.Command.ShouldBe(expected);
        findings.Single(finding => finding.Member.EndsWith("StartCommand", StringComparison.Ordinal)).Message.ShouldContain("ENTRYPOINT");
    }

    [Fact]
    public void Variables_are_sorted_and_keep_empty_values()
    {
        var snapshot = Image();
        snapshot.Service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.RuntimeEnvironmentVariables = new() { ["b"] = "${x}\n", ["a.b-c"] = string.Empty, ["Z"] = "ü" };

        Map(snapshot).Express.Environment.ShouldBe([new("PORT", "80"), new("Z", "ü"), new("a.b-c", string.Empty), new("b", "${x}\n")]);
    }

    [Fact]
    public void A_variable_named_PORT_is_replaced_as_App_Runner_does()
    {
        var snapshot = Image();
        var settings = snapshot.Service.SourceConfiguration!.ImageRepository!.ImageConfiguration!;
        settings.RuntimeEnvironmentVariables = new() { ["PORT"] = "9" };

        var (express, findings) = Map(snapshot);

        express.Environment["PORT"].ShouldBe("80");
        findings.ShouldContain(finding => finding.Severity == MigrationSeverity.Loss && finding.Member == "RuntimeEnvironmentVariables.PORT");

        settings.RuntimeEnvironmentVariables = null;
        settings.RuntimeEnvironmentSecrets = new() { ["PORT"] = "arn:aws:ssm:us-east-1:123456789012:parameter/port" };
        Map(snapshot).Express.Secrets.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf:user::", "arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf:user::", "arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf")]
    [InlineData("arn:aws:ssm:us-east-1:1:parameter/a/b", "arn:aws:ssm:us-east-1:1:parameter/a/b", "arn:aws:ssm:us-east-1:1:parameter/a/b")]
    [InlineData("/a/b", "arn:aws:ssm:us-east-1:123456789012:parameter/a/b", "arn:aws:ssm:us-east-1:123456789012:parameter/a/b")]
    [InlineData("level", "arn:aws:ssm:us-east-1:123456789012:parameter/level", "arn:aws:ssm:us-east-1:123456789012:parameter/level")]
    public void A_secret_is_an_ARN_that_the_execution_role_reads(string reference, string expected, string resource)
    {
        var snapshot = Image();
        snapshot.Service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.RuntimeEnvironmentSecrets = new() { ["DB"] = reference };

        var (express, findings) = Map(snapshot);

        express.Secrets.ShouldBe([new("DB", expected)]);
        ExpressFormats.SecretPermissions(express).ShouldHaveSingleItem().Resources.ShouldBe([resource]);
        findings.ShouldContain(finding => finding.Severity == MigrationSeverity.Manual && finding.Message.Contains("execution role"));
    }

    [Fact]
    public void A_name_that_is_variable_and_secret_stays_a_secret()
    {
        var snapshot = Image();
        var settings = snapshot.Service.SourceConfiguration!.ImageRepository!.ImageConfiguration!;
        settings.RuntimeEnvironmentVariables = new() { ["DB"] = "x" };
        settings.RuntimeEnvironmentSecrets = new() { ["DB"] = "db" };

        var (express, findings) = Map(snapshot);

        express.Environment.Keys.ShouldBe(["PORT"]);
        express.Secrets.Keys.ShouldBe(["DB"]);
        findings.ShouldContain(finding => finding.Severity == MigrationSeverity.Loss);
    }

    [Fact]
    public void The_access_role_names_the_decision_about_the_execution_role()
    {
        var snapshot = Image();
        snapshot.Service.SourceConfiguration!.AuthenticationConfiguration = new AuthenticationConfiguration { AccessRoleArn = Role + "access" };

        Map(snapshot).Findings.ShouldContain(finding => finding.Member == "SourceConfiguration.AuthenticationConfiguration.AccessRoleArn" && finding.Parameter == "ExecutionRoleArn");
        Map(snapshot).Express.ExecutionRoleArn.ShouldBeNull();
    }

    [Fact]
    public void The_instance_role_becomes_the_task_role_and_must_be_confirmed()
    {
        var snapshot = Image();
        snapshot.Service.InstanceConfiguration!.InstanceRoleArn = Role + "instance";

        var (express, findings) = Map(snapshot);

        express.TaskRoleArn.ShouldBe(Role + "instance");
        Open(findings).ShouldContain("TaskRoleArn");
        var confirmed = Map(snapshot, new ExpressDecisions { TaskRoleArn = Role + "task" });
        confirmed.Express.TaskRoleArn.ShouldBe(Role + "task");
        Open(confirmed.Findings).ShouldNotContain("TaskRoleArn");
        Map(Image()).Express.TaskRoleArn.ShouldBeNull();
    }

    [Theory]
    [InlineData("TCP", "/")]
    [InlineData("TCP", "/health")]
    [InlineData("TCP", null)]
    [InlineData(null, "/")]
    public void The_path_of_a_TCP_check_is_never_used(string? protocol, string? path)
    {
        var snapshot = Image();
        snapshot.Service.HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = protocol, Path = path };

        Blockers(Map(snapshot).Findings).ShouldBe(["HealthCheckPath"]);
        Map(snapshot).Express.HealthCheckPath.ShouldBeEmpty();
        var decided = Map(snapshot, new ExpressDecisions { HealthCheckPath = "/ready" });
        decided.Express.HealthCheckPath.ShouldBe("/ready");
        Blockers(decided.Findings).ShouldBeEmpty();
    }

    [Fact]
    public void An_absent_check_is_TCP()
    {
        var snapshot = Image();
        snapshot.Service.HealthCheckConfiguration = null;

        Blockers(Map(snapshot).Findings).ShouldBe(["HealthCheckPath"]);
    }

    [Theory]
    [InlineData(5, MigrationSeverity.Note)]
    [InlineData(9, MigrationSeverity.Loss)]
    public void Intervals_that_were_chosen_are_lost(int interval, string severity)
    {
        var snapshot = Image();
        snapshot.Service.HealthCheckConfiguration!.Interval = interval;

        Map(snapshot).Findings.Single(finding => finding.Member == "HealthCheckConfiguration").Severity.ShouldBe(severity);
    }

    [Fact]
    public void Concurrency_becomes_a_metric_by_decision()
    {
        Map(Image()).Findings.Single(finding => finding.Parameter == "AutoScalingMetric").Message.ShouldContain("80 x 60 / latency");

        var (express, findings) = Map(Image(), new ExpressDecisions { AutoScalingMetric = "REQUEST_COUNT_PER_TARGET", AutoScalingTargetValue = 1200 });

        (express.AutoScalingMetric, express.AutoScalingTargetValue).ShouldBe(("REQUEST_COUNT_PER_TARGET", 1200));
        Open(findings).ShouldNotContain("AutoScalingMetric");
    }

    [Fact]
    public void A_public_service_with_a_VPC_connector_never_gets_its_subnets()
    {
        var snapshot = Image().WithConnector("subnet-0aaaaaaaa", "subnet-0bbbbbbbb");

        var (express, findings) = Map(snapshot);

        express.Subnets.ShouldBeEmpty();
        Blockers(findings).ShouldBe(["Subnet"]);
        var decided = Map(snapshot, new ExpressDecisions { Subnet = ["subnet-0cccccccc", "subnet-0dddddddd"] });
        decided.Express.Subnets.ShouldBe(["subnet-0cccccccc", "subnet-0dddddddd"]);
        decided.Express.SecurityGroups.ShouldBe(["sg-0123456789abcdef0"]);
        Blockers(decided.Findings).ShouldBeEmpty();
    }

    [Fact]
    public void A_private_service_keeps_the_subnets_of_its_connector_if_there_are_two()
    {
        var two = Map(Image().AsPrivate().WithConnector("subnet-0aaaaaaaa", "subnet-0bbbbbbbb"));
        two.Express.Subnets.ShouldBe(["subnet-0aaaaaaaa", "subnet-0bbbbbbbb"]);
        Blockers(two.Findings).ShouldBeEmpty();
        Open(two.Findings).ShouldContain("Subnet");

        Blockers(Map(Image().AsPrivate().WithConnector("subnet-0aaaaaaaa", "subnet-0aaaaaaaa")).Findings).ShouldBe(["Subnet"]);
        Blockers(Map(Image().AsPrivate()).Findings).ShouldBe(["Subnet"]);
        Blockers(Map(Image().AsPrivate(), new ExpressDecisions { Subnet = ["subnet-0cccccccc", "subnet-0dddddddd"] }).Findings).ShouldBeEmpty();
    }

    [Fact]
    public void Source_code_needs_an_image_and_keeps_port_and_variables()
    {
        var snapshot = Code();
        snapshot.Service.SourceConfiguration!.CodeRepository!.CodeConfiguration!.CodeConfigurationValues!.RuntimeEnvironmentVariables = new() { ["STAGE"] = "prod" };

        Blockers(Map(snapshot).Findings).ShouldBe(["Image"]);
        var (express, findings) = Map(snapshot, new ExpressDecisions { Image = "repo/site:1" });
        Blockers(findings).ShouldBeEmpty();
        express.Image.ShouldBe("repo/site:1");
        express.Command.ShouldBeNull();
        express.ContainerPort.ShouldBe(3000);
        express.Environment.Keys.ShouldBe(["PORT", "STAGE"]);
    }

    [Fact]
    public void The_settings_of_apprunner_yaml_come_from_the_given_file()
    {
        var snapshot = Code();
        snapshot.Service.SourceConfiguration!.CodeRepository!.CodeConfiguration = new CodeConfiguration { ConfigurationSource = ConfigurationSource.Repository };
        var file = new Model.SourceFile
        {
            Runtime = "python311",
            Run = { Port = 9000, PortVariable = "MY_PORT", EnvironmentVariables = { ["LEVEL"] = "info" }, Secrets = { ["KEY"] = "key" } },
        };

        Open(Map(snapshot).Findings).ShouldContain("SourceFile");
        var (express, findings) = Map(snapshot, file: file);

        Open(findings).ShouldNotContain("SourceFile");
        express.ContainerPort.ShouldBe(9000);
        express.Environment.ShouldBe([new("LEVEL", "info"), new("MY_PORT", "9000"), new("PORT", "9000")]);
        express.Secrets.Keys.ShouldBe(["KEY"]);
    }

    [Fact]
    public void Everything_that_has_to_be_done_by_hand_is_in_the_findings()
    {
        var snapshot = Image().AsPrivate().WithConnector("subnet-0aaaaaaaa", "subnet-0bbbbbbbb");
        snapshot.CustomDomains = [new CustomDomain { DomainName = "shop.example.com" }];
        snapshot.VpcIngressConnections = [new VpcIngressConnection { VpcIngressConnectionName = "way-1", IngressVpcConfiguration = new IngressVpcConfiguration { VpcId = "vpc-1" } }];
        var service = snapshot.Service;
        service.EncryptionConfiguration = new EncryptionConfiguration { KmsKey = "arn:aws:kms:us-east-1:123456789012:key/1" };
        service.ObservabilityConfiguration = new ServiceObservabilityConfiguration { ObservabilityEnabled = true };
        service.SourceConfiguration!.AutoDeploymentsEnabled = true;
        service.NetworkConfiguration!.IpAddressType = IpAddressType.DualStack;
        service.Status = ServiceStatus.Paused;

        var findings = Map(snapshot).Findings;

        findings.Where(finding => finding.Severity == MigrationSeverity.Manual).Select(finding => finding.Member).ShouldBe(
            [
                "SourceConfiguration.AutoDeploymentsEnabled", "NetworkConfiguration.EgressConfiguration.VpcConnectorArn", "VpcIngressConnections.way-1", "NetworkConfiguration.IpAddressType",
                "CustomDomains.shop.example.com", "EncryptionConfiguration.KmsKey", "ObservabilityConfiguration", "Status",
            ],
            ignoreOrder: true);
        findings.Where(finding => finding.Severity == MigrationSeverity.Note).Select(finding => finding.Member).ShouldBe(["WAF", "Deployments", "Cost", "ServiceUrl", "HealthCheckConfiguration", "SourceConfiguration.ImageRepository.ImageConfiguration.Port"], ignoreOrder: true);
    }

    [Fact]
    public void A_decided_service_is_ready()
    {
        var snapshot = Code().AsPrivate().WithConnector("subnet-0aaaaaaaa", "subnet-0bbbbbbbb");
        snapshot.Service.HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = HealthCheckProtocol.Tcp };
        snapshot.Service.InstanceConfiguration!.InstanceRoleArn = Role + "instance";

        new ServiceMigration(snapshot.Service, Map(snapshot).Findings).Status.ShouldBe(MigrationStatus.Blocked);
        new ServiceMigration(snapshot.Service, Map(snapshot, Decided()).Findings).Status.ShouldBe(MigrationStatus.Ready);
        new ServiceMigration(snapshot.Service, Map(Image()).Findings).Status.ShouldBe(MigrationStatus.NeedsDecision);
        new ServiceMigration(snapshot.Service, Map(snapshot).Findings).Finding[0].Severity.ShouldBe(MigrationSeverity.Blocker);
    }

    [Fact]
    public void Tags_of_AWS_are_left_out()
    {
        var snapshot = Image();
        snapshot.Tags = [new Tag { Key = "team", Value = string.Empty }, new Tag { Key = "aws:cloudformation:stack", Value = "x" }];

        Map(snapshot).Express.Tags.Select(tag => tag.Key).ShouldBe(["team"]);
    }

    [Fact]
    public void Tags_that_Amazon_ECS_refuses_are_a_loss()
    {
        var snapshot = Image();
        snapshot.Tags = [new Tag { Key = "team", Value = "a;b" }, new Tag { Key = "ünï +x", Value = "1/2@3" }];

        var (express, findings) = Map(snapshot);

        express.Tags.Select(tag => tag.Key).ShouldBe(["ünï +x"]);
        findings.ShouldContain(finding => finding.Severity == MigrationSeverity.Loss && finding.Member == "Tags.team");
    }

    [Theory]
    [InlineData("ExecutionRoleArn", "ecsTaskExecutionRole")]
    [InlineData("ExecutionRoleArn", "arn:aws:iam::123456789012:user/me")]
    [InlineData("InfrastructureRoleArn", "arn:aws:iam::12:role/x")]
    [InlineData("TaskRoleArn", "arn:aws:s3:::bucket-of-mine")]
    [InlineData("HealthCheckPath", "health")]
    [InlineData("HealthCheckPath", "http://x/health")]
    [InlineData("HealthCheckPath", "/a b")]
    [InlineData("Image", "https://x/y")]
    [InlineData("Image", "a b")]
    [InlineData("Image", "repo:")]
    [InlineData("Cluster", "a/b")]
    public void A_malformed_decision_is_an_error_of_its_parameter(string parameter, string value)
    {
        var decisions = new ExpressDecisions();
        typeof(ExpressDecisions).GetProperty(parameter)!.SetValue(decisions, value);

        RequestRules.Check(decisions).ShouldAllBe(problem => problem.Path == parameter && problem.Severity == ProblemSeverity.Error);
        RequestRules.Check(decisions).ShouldNotBeEmpty();
    }

    [Fact]
    public void Subnets_and_targets_are_checked()
    {
        Errors(new ExpressDecisions { Subnet = ["subnet-0123456789abcdef0"] }).ShouldBe(["Subnet"]);
        Errors(new ExpressDecisions { Subnet = ["subnet-0123456789abcdef0", "vpc-0123456789abcdef0"] }).ShouldBe(["Subnet"]);
        Errors(new ExpressDecisions { SecurityGroup = ["default"] }).ShouldBe(["SecurityGroup"]);
        Errors(new ExpressDecisions { AutoScalingMetric = "REQUEST_COUNT_PER_TARGET" }).ShouldBe(["AutoScalingTargetValue"]);
        Errors(new ExpressDecisions { AutoScalingTargetValue = 101 }).ShouldBe(["AutoScalingTargetValue"]);
        Errors(new ExpressDecisions { AutoScalingMetric = "REQUEST_COUNT_PER_TARGET", AutoScalingTargetValue = 101 }).ShouldBeEmpty();
        Errors(new ExpressDecisions { AutoScalingTargetValue = 0 }).ShouldBe(["AutoScalingTargetValue"]);
        Errors(Decided()).ShouldBeEmpty();
        Errors(new ExpressDecisions { ExecutionRoleArn = "arn:aws-cn:iam::123456789012:role/service-role/x", Cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/main", Image = "localhost:5000/a/b@sha256:00" }).ShouldBeEmpty();
        RequestRules.Check(new ExpressDecisions { AutoScalingMetric = "AVERAGE_GPU" }).ShouldHaveSingleItem().Severity.ShouldBe(ProblemSeverity.UnknownValue);

        static IEnumerable<string> Errors(ExpressDecisions decisions) => RequestRules.Check(decisions).Select(problem => problem.Path);
    }

    private static (ExpressService Express, IReadOnlyList<MigrationFinding> Findings) Map(ServiceSnapshot snapshot, ExpressDecisions? decisions = null, Model.SourceFile? file = null) =>
        ExpressMapping.Of(snapshot, new ExportOptions { Decisions = decisions ?? new ExpressDecisions(), SourceFile = file });

    private static IEnumerable<string?> Open(IEnumerable<MigrationFinding> findings) => findings.Where(finding => finding.Severity == MigrationSeverity.Decision).Select(finding => finding.Parameter);

    private static IEnumerable<string?> Blockers(IEnumerable<MigrationFinding> findings) => findings.Where(finding => finding.Severity == MigrationSeverity.Blocker).Select(finding => finding.Parameter);
}
