using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;
using CsCheck;

namespace AppRunner.Unit.Tests.Support;

/// <summary>Generates valid requests with random combinations of members.</summary>
internal static class ValidRequests
{
    private const string Account = "123456789012";
    private const string Role = $"arn:aws:iam::{Account}:role/web";

    private static readonly Gen<string> Text = Gen.String[Gen.Char[' ', '~'], 1, 30];
    private static readonly Gen<string> AnyText = Gen.OneOf(Text, Any("ünï", "\"quoted\"", "a\\b", "<&>'", "日本", "\u2028"));
    private static readonly Gen<string> Port = Gen.Int[1, 65535].Select(port => port.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static readonly Gen<Dictionary<string, string>> Variables = Gen.Select(AnyText, AnyText).List[0, 5].Select(pairs => pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => "V" + pair.Item1, pair => pair.Item2));

    private static readonly Gen<Dictionary<string, string>> Secrets = Gen.Int[0, 3].Select(count => Enumerable.Range(0, count).ToDictionary(number => "S" + number, number => $"arn:aws:secretsmanager:eu-west-1:{Account}:secret:name{number}"));

    private static readonly Gen<ImageConfiguration> ImageSettings = Gen.Select(Maybe(Port), Maybe(Text), Maybe(Variables), Maybe(Secrets), (port, command, variables, secrets) =>
        new ImageConfiguration { Port = port, StartCommand = command, RuntimeEnvironmentVariables = variables, RuntimeEnvironmentSecrets = secrets });

    private static readonly Gen<SourceConfiguration> PrivateImage = Gen.Select(Maybe(ImageSettings), Gen.Bool, (settings, automatic) => new SourceConfiguration
    {
        ImageRepository = new ImageRepository { ImageIdentifier = $"{Account}.dkr.ecr.eu-west-1.amazonaws.com/shop:1", ImageRepositoryType = ImageRepositoryType.Ecr, ImageConfiguration = settings },
        AuthenticationConfiguration = new AuthenticationConfiguration { AccessRoleArn = $"arn:aws:iam::{Account}:role/access" },
        AutoDeploymentsEnabled = automatic,
    });

    private static readonly Gen<SourceConfiguration> PublicImage = Maybe(ImageSettings).Select(settings => new SourceConfiguration
    {
        ImageRepository = new ImageRepository { ImageIdentifier = "public.ecr.aws/nginx/nginx:1", ImageRepositoryType = ImageRepositoryType.EcrPublic, ImageConfiguration = settings },
    });

    private static readonly Gen<CodeConfigurationValues> CodeSettings = Gen.Select(
        Any([.. OneOfAttribute.ValuesOf(typeof(Runtime))]), Maybe(Text), Maybe(Text), Maybe(Port), Maybe(Variables), (runtime, build, start, port, variables) =>
            new CodeConfigurationValues { Runtime = runtime, BuildCommand = build, StartCommand = start, Port = port, RuntimeEnvironmentVariables = variables });

    private static readonly Gen<SourceConfiguration> Code = Gen.Select(Maybe(CodeSettings), Maybe(Text), (settings, folder) => new SourceConfiguration
    {
        CodeRepository = new CodeRepository
        {
            RepositoryUrl = "https://github.com/o/n",
            SourceDirectory = folder,
            SourceCodeVersion = new SourceCodeVersion { Type = SourceCodeVersionType.Branch, Value = "main" },
            CodeConfiguration = new CodeConfiguration { ConfigurationSource = settings is null ? ConfigurationSource.Repository : ConfigurationSource.Api, CodeConfigurationValues = settings },
        },
        AuthenticationConfiguration = new AuthenticationConfiguration { ConnectionArn = $"arn:aws:apprunner:eu-west-1:{Account}:connection/github/0123456789abcdef0123456789abcdef" },
    });

    private static readonly Gen<InstanceConfiguration> Instance = Any([.. InstanceSize.Pairs.SelectMany(pair => pair.Value.Select(memory => (Cpu: pair.Key, Memory: memory)))])
        .Select(Gen.Bool, (size, units) => new InstanceConfiguration
        {
            Cpu = units ? size.Cpu.ToString(System.Globalization.CultureInfo.InvariantCulture) : InstanceSize.FormatCpu(size.Cpu),
            Memory = units ? size.Memory.ToString(System.Globalization.CultureInfo.InvariantCulture) : InstanceSize.FormatMemory(size.Memory),
            InstanceRoleArn = Role,
        });

    private static readonly Gen<HealthCheckConfiguration> HealthCheck = Gen.Select(Any("TCP", "HTTP"), Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 20], (protocol, interval, timeout, threshold) =>
        new HealthCheckConfiguration { Protocol = protocol, Path = protocol == "HTTP" ? "/up" : null, Interval = interval, Timeout = timeout, HealthyThreshold = threshold });

    private static readonly Gen<List<Tag>> Tags = Gen.Int[0, 50].Select(count => Enumerable.Range(0, count).Select(number => new Tag { Key = "key" + number, Value = "v" }).ToList());

    private static readonly Gen<NetworkConfiguration> Network = Gen.Select(Gen.Bool, Gen.Bool, Any("IPV4", "DUAL_STACK"), (open, connected, addresses) => new NetworkConfiguration
    {
        IngressConfiguration = new IngressConfiguration { IsPubliclyAccessible = open },
        EgressConfiguration = connected ? new EgressConfiguration { EgressType = EgressType.Vpc, VpcConnectorArn = $"arn:aws:apprunner:eu-west-1:{Account}:vpcconnector/c/1/0123456789abcdef0123456789abcdef" } : null,
        IpAddressType = addresses,
    });

    public static Gen<CreateServiceRequest> Creations { get; } = Gen.Select(
        Gen.String[Gen.Char.AlphaNumeric, 4, 40], Gen.OneOf(PrivateImage, PublicImage, Code), Maybe(Instance), Maybe(HealthCheck), Maybe(Tags), Maybe(Network), Gen.Bool, (name, source, instance, check, tags, network, encrypted) => new CreateServiceRequest
        {
            ServiceName = name,
            SourceConfiguration = source,

            // Secrets need a role.
            InstanceConfiguration = instance ?? (source.ImageRepository?.ImageConfiguration?.RuntimeEnvironmentSecrets is null ? null : new InstanceConfiguration { InstanceRoleArn = Role }),
            HealthCheckConfiguration = check,
            Tags = tags,
            NetworkConfiguration = network,
            EncryptionConfiguration = encrypted ? new EncryptionConfiguration { KmsKey = $"arn:aws:kms:eu-west-1:{Account}:key/0123" } : null,
            ObservabilityConfiguration = encrypted ? new ServiceObservabilityConfiguration { ObservabilityEnabled = false } : null,
        });

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class => Gen.Frequency((1, Gen.Const((T?)null)), (3, gen.Select(value => (T?)value)));
}
