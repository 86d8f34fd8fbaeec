using AppRunner.Model;

namespace AppRunner.Unit.Tests.Export;

/// <summary>Services to export.</summary>
internal static class ExportedServices
{
    public const string ServiceArn = "arn:aws:apprunner:us-east-1:123456789012:service/web/0123456789abcdef0123456789abcdef";
    public const string Role = "arn:aws:iam::123456789012:role/";

    /// <summary>An image service that needs no decision but those that every service needs.</summary>
    public static ServiceSnapshot Image() => new(new Service
    {
        ServiceName = "web",
        ServiceArn = ServiceArn,
        Status = ServiceStatus.Running,
        SourceConfiguration = new SourceConfiguration
        {
            AutoDeploymentsEnabled = false,
            ImageRepository = new ImageRepository
            {
                ImageIdentifier = "public.ecr.aws/nginx/nginx:1",
                ImageRepositoryType = ImageRepositoryType.EcrPublic,
                ImageConfiguration = new ImageConfiguration { Port = "80" },
            },
        },
        InstanceConfiguration = new InstanceConfiguration { Cpu = "1024", Memory = "2048" },
        HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = HealthCheckProtocol.Http, Path = "/health", Interval = 5, Timeout = 2, HealthyThreshold = 1, UnhealthyThreshold = 5 },
        NetworkConfiguration = new NetworkConfiguration
        {
            EgressConfiguration = new EgressConfiguration { EgressType = EgressType.Default },
            IngressConfiguration = new IngressConfiguration { IsPubliclyAccessible = true },
        },
    })
    {
        AutoScalingConfiguration = new AutoScalingConfiguration { MinSize = 2, MaxSize = 7, MaxConcurrency = 80 },
        Tags = [],
    };

    /// <summary>A code service with settings in the API.</summary>
    public static ServiceSnapshot Code(string runtime = Runtime.NodeJs22, string? directory = null)
    {
        var snapshot = Image();
        snapshot.Service.SourceConfiguration = new SourceConfiguration
        {
            AutoDeploymentsEnabled = false,
            CodeRepository = new CodeRepository
            {
                RepositoryUrl = "https://github.com/owner/site",
                SourceDirectory = directory,
                CodeConfiguration = new CodeConfiguration
                {
                    ConfigurationSource = ConfigurationSource.Api,
                    CodeConfigurationValues = new CodeConfigurationValues { Runtime = runtime, BuildCommand = "npm ci", StartCommand = "node index.js", Port = "3000" },
                },
            },
        };
        return snapshot;
    }

    /// <summary>Decisions that leave nothing open.</summary>
    public static ExpressDecisions Decided() => new()
    {
        ExecutionRoleArn = Role + "execution",
        InfrastructureRoleArn = Role + "infrastructure",
        TaskRoleArn = Role + "task",
        HealthCheckPath = "/ready",
        Image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/site:1",
        AutoScalingMetric = ExpressScalingMetric.AverageCpu,
        Subnet = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    };

    /// <summary>Makes a service use a VPC connector.</summary>
    public static ServiceSnapshot WithConnector(this ServiceSnapshot snapshot, params string[] subnets)
    {
        snapshot.Service.NetworkConfiguration!.EgressConfiguration = new EgressConfiguration { EgressType = EgressType.Vpc, VpcConnectorArn = "arn:aws:apprunner:us-east-1:123456789012:vpcconnector/db/1/0123456789abcdef0123456789abcdef" };
        snapshot.VpcConnector = new VpcConnector { VpcConnectorName = "db", Subnets = [.. subnets], SecurityGroups = ["sg-0123456789abcdef0"] };
        return snapshot;
    }

    /// <summary>Makes a service private.</summary>
    public static ServiceSnapshot AsPrivate(this ServiceSnapshot snapshot)
    {
        snapshot.Service.NetworkConfiguration!.IngressConfiguration = new IngressConfiguration { IsPubliclyAccessible = false };
        return snapshot;
    }
}
