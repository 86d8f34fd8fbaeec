using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.Tests.Shared;

/// <summary>Services of every kind with unusual values, for tests of exports. The same seed gives the same service.</summary>
internal static class GeneratedSnapshots
{
    private const string Account = "123456789012";
    private const string Ids = "arn:aws:apprunner:us-east-1:" + Account + ":";

    private static readonly string[] Names = ["web1", "1abc", "a-b_c", "A_B-c", "abcd", "2020-site_", new string('x', 40)];

    /// <summary>Values that are text for App Runner and have a meaning in JSON, HCL, CloudFormation, shells or .NET.</summary>
    public static IReadOnlyList<string> Values { get; } =
    [
        "", " ", "plain", "\"quoted\" and \\back\\slash", "${HOME}", "$${x}", "$$${y}", "$$$${z}", "%{ if true }", "%%{a}", "%%%{b}", "%${c}", "$%{d}", "$", "$$", "%", "${", "a$", "{}", "line1\nline2\r\n\ttab\r",
        "ünïcödé 漢字 🎉 👩‍👩‍👧", "null", "true", "0123", "1e5", "1.0", "'single'", "<a href=\"x\">&amp;", "\u2028\u2029\u0085", "#{x} // c /* d */ <<EOT", "=1+1", "\u0001\u001f\u007f", "~", "yes", "AWS::NoValue", "Fn::GetAtt",
        "arn:aws:iam::123456789012:role/x", "\ufeffbom", new string('v', 5000), new string('$', 50) + "{",
    ];

    /// <summary>Keys of environment variables, in the same manner.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        "LEVEL", "level", "dotted.key.name", "1DIGIT", "with-dash", "with space", "Ünicode漢🎉", "quote\"d", "${key}", "%{key}", "$${key}", "A=B", "line\nbreak", "__", "key/slash", "back\\slash", "for", "null", "true", new string('K', 300),
    ];

    /// <summary>Makes a service with all that it uses.</summary>
    /// <param name="seed">The seed.</param>
    /// <returns>The service, as it would be read.</returns>
    public static ServiceSnapshot Make(int seed)
    {
        var random = new Random(seed);
        var name = seed < Names.Length ? Names[seed] : $"{Pick(random, "web", "1a-", "A_")}{seed:D4}";
        var isPrivate = Chance(random, 4);
        var arn = $"{Ids}service/{name}/{seed:x32}";
        var snapshot = new ServiceSnapshot(new Service
        {
            ServiceName = name,
            ServiceArn = arn,
            ServiceId = $"{seed:x32}",
            ServiceUrl = isPrivate ? null : "abc.us-east-1.awsapprunner.com",
            Status = Chance(random, 8) ? ServiceStatus.Paused : ServiceStatus.Running,
            CreatedAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            UpdatedAt = new DateTime(2026, 2, 2, 3, 4, 5, DateTimeKind.Utc),
            SourceConfiguration = Chance(random, 2) ? ImageSource(random) : CodeSource(random),
            InstanceConfiguration = new InstanceConfiguration { Cpu = Pick(random, "256", "1024", "4096"), Memory = Pick(random, "512", "2048", "12288"), InstanceRoleArn = $"arn:aws:iam::{Account}:role/web" },
            EncryptionConfiguration = Chance(random, 4) ? new EncryptionConfiguration { KmsKey = $"arn:aws:kms:us-east-1:{Account}:key/01234567-89ab-cdef-0123-456789abcdef" } : null,
            HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = Pick(random, "TCP", "HTTP"), Path = Pick(random, "/", "/up?x=1&y=${z}"), Interval = random.Next(1, 21), Timeout = random.Next(1, 21), HealthyThreshold = random.Next(1, 21), UnhealthyThreshold = random.Next(1, 21) },
            NetworkConfiguration = new NetworkConfiguration
            {
                EgressConfiguration = new EgressConfiguration { EgressType = EgressType.Default },
                IngressConfiguration = new IngressConfiguration { IsPubliclyAccessible = !isPrivate },
                IpAddressType = IpAddressType.IPv4,
            },
            ObservabilityConfiguration = new ServiceObservabilityConfiguration { ObservabilityEnabled = false },
        });
        snapshot.Tags = [.. Enumerable.Range(0, random.Next(4)).Select(i => new Tag { Key = Pick(random, "team", "ünï", "a:b/c", "e=f ") + i, Value = Pick(random, [.. Values.Where(value => value.Length <= 256 && value.All(c => c >= ' '))]) }), new Tag { Key = "aws:cloudformation:stack-name", Value = "x" }];
        Share(random, snapshot);
        if (isPrivate && Chance(random, 2))
        {
            snapshot.VpcIngressConnections =
            [
                new VpcIngressConnection
                {
                    VpcIngressConnectionName = "way-in-" + seed,
                    VpcIngressConnectionArn = $"{Ids}vpcingressconnection/way-in-{seed}/{seed:x32}",
                    ServiceArn = arn,
                    Status = VpcIngressConnectionStatus.Available,
                    AccountId = Account,
                    DomainName = "x.y.z",
                    IngressVpcConfiguration = new IngressVpcConfiguration { VpcId = "vpc-0123456789abcdef0", VpcEndpointId = "vpce-0123456789abcdef0" },
                },
            ];
        }

        if (Chance(random, 4))
            snapshot.CustomDomains = [new CustomDomain { DomainName = "*.example.com", EnableWWWSubdomain = false, Status = CustomDomainAssociationStatus.Active, ServiceArn = arn }, new CustomDomain { DomainName = $"s{seed}.example.com", EnableWWWSubdomain = true, Status = CustomDomainAssociationStatus.Active, ServiceArn = arn }];
        return snapshot;
    }

    private static void Share(Random random, ServiceSnapshot snapshot)
    {
        // Some revisions of one name, so that several services share them.
        var revision = random.Next(1, 3);
        var isOwn = Chance(random, 2);
        var scaling = $"{Ids}autoscalingconfiguration/{(isOwn ? "1busy" : "DefaultConfiguration")}/{(isOwn ? revision : 1)}/{(isOwn ? revision : 1):x32}";
        snapshot.Service.AutoScalingConfigurationSummary = new AutoScalingConfigurationSummary { AutoScalingConfigurationArn = scaling, AutoScalingConfigurationName = isOwn ? "1busy" : "DefaultConfiguration", AutoScalingConfigurationRevision = isOwn ? revision : 1 };
        snapshot.AutoScalingConfiguration = new AutoScalingConfiguration
        {
            AutoScalingConfigurationArn = scaling,
            AutoScalingConfigurationName = isOwn ? "1busy" : "DefaultConfiguration",
            AutoScalingConfigurationRevision = isOwn ? revision : 1,
            Status = "ACTIVE",
            Latest = true,
            IsDefault = !isOwn,
            MaxConcurrency = isOwn ? 10 * revision : 100,
            MinSize = 1,
            MaxSize = isOwn ? 5 : 25,
        };
        snapshot.SharedTags[scaling] = [new Tag { Key = "env", Value = "prod ${x}" }];
        if (Chance(random, 3))
        {
            var connector = $"{Ids}vpcconnector/way-out/1/{1:x32}";
            snapshot.Service.NetworkConfiguration!.EgressConfiguration = new EgressConfiguration { EgressType = EgressType.Vpc, VpcConnectorArn = connector };
            snapshot.VpcConnector = new VpcConnector { VpcConnectorArn = connector, VpcConnectorName = "way-out", VpcConnectorRevision = 1, Subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"], SecurityGroups = ["sg-0123456789abcdef0"], Status = "ACTIVE" };
        }

        if (Chance(random, 3))
        {
            var observability = $"{Ids}observabilityconfiguration/tracing/1/{1:x32}";
            snapshot.Service.ObservabilityConfiguration = new ServiceObservabilityConfiguration { ObservabilityEnabled = true, ObservabilityConfigurationArn = observability };
            snapshot.ObservabilityConfiguration = new ObservabilityConfiguration { ObservabilityConfigurationArn = observability, ObservabilityConfigurationName = "tracing", ObservabilityConfigurationRevision = 1, Status = "ACTIVE", TraceConfiguration = new TraceConfiguration { Vendor = TracingVendor.AwsXRay } };
        }

        if (snapshot.Service.SourceConfiguration!.AuthenticationConfiguration?.ConnectionArn is { } connection)
            snapshot.Connection = new ConnectionSummary { ConnectionArn = connection, ConnectionName = "github", ProviderType = ProviderType.GitHub, Status = ConnectionStatus.Available };
    }

    private static SourceConfiguration ImageSource(Random random)
    {
        var isPublic = Chance(random, 2);
        return new SourceConfiguration
        {
            ImageRepository = new ImageRepository
            {
                ImageIdentifier = isPublic ? "public.ecr.aws/aws-containers/hello-app-runner:latest" : $"{Account}.dkr.ecr.us-east-1.amazonaws.com/team/app@sha256:{new string('a', 64)}",
                ImageRepositoryType = isPublic ? ImageRepositoryType.EcrPublic : ImageRepositoryType.Ecr,
                ImageConfiguration = new ImageConfiguration { Port = Pick(random, "80", "8080", "65535"), StartCommand = Pick(random, null, "", "node 'a b.js' \"${X}\" %{y} \\"), RuntimeEnvironmentVariables = Variables(random), RuntimeEnvironmentSecrets = Secrets(random) },
            },
            AutoDeploymentsEnabled = !isPublic && Chance(random, 2),
            AuthenticationConfiguration = isPublic ? null : new AuthenticationConfiguration { AccessRoleArn = $"arn:aws:iam::{Account}:role/ecr" },
        };
    }

    private static SourceConfiguration CodeSource(Random random) => new()
    {
        CodeRepository = new CodeRepository
        {
            RepositoryUrl = "https://github.com/owner/site",
            SourceCodeVersion = new SourceCodeVersion { Type = SourceCodeVersionType.Branch, Value = Pick(random, "main", "feature/ü${x}") },
            SourceDirectory = Pick(random, null, "/", "/web dir/%{x}"),
            CodeConfiguration = Chance(random, 4)
                ? new CodeConfiguration { ConfigurationSource = ConfigurationSource.Repository }
                : new CodeConfiguration
                {
                    ConfigurationSource = ConfigurationSource.Api,
                    CodeConfigurationValues = new CodeConfigurationValues { Runtime = "NODEJS_22", BuildCommand = Pick(random, null, "npm ci && echo \"$(x)\" ${HOME}"), StartCommand = Pick(random, "node index.js", "python -c 'print(\"%{x}\")'"), Port = "3000", RuntimeEnvironmentVariables = Variables(random), RuntimeEnvironmentSecrets = Secrets(random) },
                },
        },
        AutoDeploymentsEnabled = Chance(random, 2),
        AuthenticationConfiguration = new AuthenticationConfiguration { ConnectionArn = $"{Ids}connection/github/{1:x32}" },
    };

    private static Dictionary<string, string> Variables(Random random)
    {
        var map = new Dictionary<string, string>();
        for (var i = random.Next(8); i > 0; i--)
            map[Pick(random, [.. Keys])] = Pick(random, [.. Values]);
        return map;
    }

    private static Dictionary<string, string> Secrets(Random random)
    {
        var map = new Dictionary<string, string>();
        if (Chance(random, 2))
            map["DB.PASSWORD"] = $"arn:aws:secretsmanager:us-east-1:{Account}:secret:db/main-AbCdEf:password::";
        if (Chance(random, 2))
            map["1TOKEN"] = $"arn:aws:ssm:us-east-1:{Account}:parameter/app/token";
        if (Chance(random, 3))
            map["SHORT"] = "/app/short";
        return map;
    }

    private static bool Chance(Random random, int of) => random.Next(of) == 0;

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
