using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Rules;

public class RequestRulesTests
{
    private const string Image = "SourceConfiguration.ImageRepository";
    private const string ImageSettings = Image + ".ImageConfiguration";
    private const string EcrImage = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1";
    private const string Role = "arn:aws:iam::123456789012:role/access";

    public static TheoryData<string, string?, bool> Sizes
    {
        get
        {
            var data = new TheoryData<string, string?, bool>();
            int[] cpus = [256, 512, 1024, 2048, 4096];
            int[] memories = [512, 1024, 2048, 3072, 4096, 6144, 8192, 10240, 12288];
            string[] valid = ["256/512", "256/1024", "512/1024", "1024/2048", "1024/3072", "1024/4096", "2048/4096", "2048/6144", "4096/8192", "4096/10240", "4096/12288"];
            foreach (var cpu in cpus)
            {
                foreach (var memory in memories)
                    data.Add($"{cpu}", $"{memory}", valid.Contains($"{cpu}/{memory}"));
            }

            data.Add("0.25 vCPU", null, false);
            data.Add("1 vCPU", null, true);
            data.Add("0.25 vCPU", "0.5 GB", true);
            data.Add("4 vCPU", "2 GB", false);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Cpu_and_Memory_must_be_a_supported_pair_and_default_separately(string cpu, string? memory, bool valid) =>
        ErrorsOf(With(request => request.InstanceConfiguration = new InstanceConfiguration { Cpu = cpu, Memory = memory })).ShouldBe(valid ? [] : ["InstanceConfiguration"]);

    [Fact]
    public void On_an_update_the_missing_one_of_Cpu_and_Memory_is_not_checked() =>
        ErrorsOf(new UpdateServiceRequest { ServiceArn = "arn:aws:apprunner:eu-west-1:123456789012:service/web1/8fe1e10304f84fd2b0df550fe98a71fa", InstanceConfiguration = new InstanceConfiguration { Cpu = "0.25 vCPU" } }).ShouldBeEmpty();

    [Theory]
    [InlineData("abc", false)]
    [InlineData("abcd", true)]
    [InlineData("-abcd", false)]
    [InlineData("a_b-C9", true)]
    [InlineData("a234567890123456789012345678901234567890", true)]
    [InlineData("a2345678901234567890123456789012345678901", false)]
    [InlineData("ab cd", false)]
    [InlineData("abcd\n", false)]
    [InlineData("äbcd", false)]
    public void Names(string name, bool valid) => ErrorsOf(With(request => request.ServiceName = name)).ShouldBe(valid ? [] : ["ServiceName"]);

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("65535", true)]
    [InlineData("65536", false)]
    [InlineData("-1", false)]
    [InlineData("80 ", false)]
    [InlineData("http", false)]
    public void Ports(string port, bool valid) => ErrorsOf(WithSettings(settings => settings.Port = port)).ShouldBe(valid ? [] : [ImageSettings + ".Port"]);

    [Theory]
    [InlineData("run\nmore")]
    [InlineData("run\rmore")]
    public void A_command_with_a_line_break_is_refused_without_quoting_it(string command)
    {
        var request = WithSettings(settings => settings.StartCommand = command);

        RequestRules.Check(request).ShouldHaveSingleItem().ToString().ShouldNotContain("more");
        ErrorsOf(request).ShouldBe([ImageSettings + ".StartCommand"]);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void Health_check_numbers_are_checked_against_their_ranges(int number, bool valid) =>
        ErrorsOf(With(request => request.HealthCheckConfiguration = new HealthCheckConfiguration { Interval = number, Timeout = number, HealthyThreshold = number, UnhealthyThreshold = number }))
            .ShouldBe(valid ? [] : ["HealthCheckConfiguration.Interval", "HealthCheckConfiguration.Timeout", "HealthCheckConfiguration.HealthyThreshold", "HealthCheckConfiguration.UnhealthyThreshold"]);

    [Fact]
    public void A_private_image_requires_AccessRoleArn_and_a_public_one_forbids_it()
    {
        ErrorsOf(With(request => request.SourceConfiguration = Source(EcrImage, "ECR", null))).ShouldBe(["SourceConfiguration.AuthenticationConfiguration.AccessRoleArn"]);
        ErrorsOf(With(request => request.SourceConfiguration = Source(EcrImage, "ECR", Role))).ShouldBeEmpty();
        ErrorsOf(With(request => request.SourceConfiguration = Source("public.ecr.aws/a/b:1", "ECR_PUBLIC", Role))).ShouldBe(["SourceConfiguration.AuthenticationConfiguration.AccessRoleArn"]);
        ErrorsOf(With(request => request.SourceConfiguration!.AutoDeploymentsEnabled = true)).ShouldBe(["SourceConfiguration.AutoDeploymentsEnabled"]);
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/a:1", "ECR")]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/a/b@sha256:00", "ECR")]
    [InlineData("123456789012.dkr.ecr.eu-nowhere-12.amazonaws.eu/a", "ECR")]
    [InlineData("public.ecr.aws/a/b:1", "ECR_PUBLIC")]
    [InlineData("nginx", null)]
    [InlineData("docker.io/library/nginx", null)]
    [InlineData("12.dkr.ecr.eu-west-1.amazonaws.com/a", null)]
    public void ImageRepositoryType_is_inferred_and_unknown_partitions_are_accepted(string image, string? type) => ImageRepository.TypeOf(image).ShouldBe(type);

    [Theory]
    [InlineData("https://github.com/o/n")]
    [InlineData("https://bitbucket.org/o/n")]
    public void Hosted_repositories_require_a_connection(string url) =>
        ErrorsOf(With(request => request.SourceConfiguration = Code(url))).ShouldBe(["SourceConfiguration.AuthenticationConfiguration.ConnectionArn"]);

    [Fact]
    public void Exactly_one_source_is_required()
    {
        ErrorsOf(With(request => request.SourceConfiguration!.CodeRepository = Code("/srv/repository").CodeRepository)).ShouldBe(["SourceConfiguration"]);
        ErrorsOf(With(request => request.SourceConfiguration = new SourceConfiguration())).ShouldBe(["SourceConfiguration"]);
        ErrorsOf(With(request => request.SourceConfiguration = null)).ShouldBe(["SourceConfiguration"]);
    }

    [Fact]
    public void Settings_are_a_warning_with_ConfigurationSource_REPOSITORY_and_required_with_API()
    {
        var yaml = Code("/srv/repository");
        yaml.CodeRepository!.CodeConfiguration = new CodeConfiguration { ConfigurationSource = "REPOSITORY", CodeConfigurationValues = new CodeConfigurationValues { Runtime = "NODEJS_22" } };
        var api = Code("/srv/repository");
        api.CodeRepository!.CodeConfiguration = new CodeConfiguration { ConfigurationSource = "API" };

        RequestRules.Check(With(request => request.SourceConfiguration = yaml)).ShouldHaveSingleItem().Severity.ShouldBe(ProblemSeverity.Warning);
        ErrorsOf(With(request => request.SourceConfiguration = api)).ShouldBe(["SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues"]);
    }

    [Fact]
    public void Environment_variables_are_checked_without_showing_their_values()
    {
        var request = WithSettings(settings =>
        {
            settings.RuntimeEnvironmentVariables = new() { [string.Empty] = "hush", ["BOTH"] = "hush", ["AWSAPPRUNNER_X"] = "hush", ["LONG"] = new string('x', 51201) };
            settings.RuntimeEnvironmentSecrets = new() { ["BOTH"] = "/path/name", ["PLAIN"] = "hush hush!", ["WRONG"] = "arn:aws:s3:::hush" };
        });

        var problems = RequestRules.Check(request);

        problems.Count(problem => problem.Severity == ProblemSeverity.Error).ShouldBe(6);
        problems.Count(problem => problem.Severity == ProblemSeverity.Warning).ShouldBe(1);
        problems.ShouldAllBe(problem => !problem.ToString().Contains("hush"));
        problems.Select(problem => problem.Path).ShouldContain(ImageSettings + ".RuntimeEnvironmentVariables.LONG");
        problems.ShouldContain(problem => problem.Message == "has 1 name that is also in RuntimeEnvironmentVariables: BOTH.");
    }

    [Fact]
    public void A_key_that_is_not_the_name_of_a_variable_is_not_shown()
    {
        var problem = RequestRules.Check(WithSettings(settings => settings.RuntimeEnvironmentVariables = new() { ["pass word=hush"] = new string('x', 51201) })).ShouldHaveSingleItem();

        problem.ToString().ShouldBe(ImageSettings + ".RuntimeEnvironmentVariables: has a value of 51201 characters, but must have 0 to 51200.");
    }

    [Theory]
    [InlineData("PYTHON_3", true)]
    [InlineData("NODEJS_18", true)]
    [InlineData("RUBY_31", true)]
    [InlineData("NODEJS_22", false)]
    [InlineData("PYTHON_311", false)]
    [InlineData("CORRETTO_11", false)]
    public void Runtimes_past_their_end_of_support_are_a_warning(string runtime, bool ended) =>
        RequestRules.Check(new CodeConfigurationValues { Runtime = runtime }).Any(problem => problem.Severity == ProblemSeverity.Warning).ShouldBe(ended);

    [Fact]
    public void An_unknown_value_is_a_warning_that_suggests_a_known_one()
    {
        var problem = RequestRules.Check(new CodeConfigurationValues { Runtime = "NODEJS-22" }).ShouldHaveSingleItem();

        problem.Severity.ShouldBe(ProblemSeverity.UnknownValue);
        problem.ToString().ShouldContain("Did you mean \"NODEJS_22\"?");
    }

    [Fact]
    public void Each_tag_is_checked()
    {
        List<Tag> tags = [new Tag { Key = "aws:x" }, new Tag { Key = new string('k', 129) }, new Tag { Key = "a", Value = new string('v', 257) }, new Tag { Key = "a" }, new Tag(), null!];

        ErrorsOf(With(request => request.Tags = tags)).ShouldBe(["Tags", "Tags[0].Key", "Tags[1].Key", "Tags[2].Value", "Tags[4].Key", "Tags[5]"]);
        ErrorsOf(With(request => request.Tags = [.. Enumerable.Range(0, 51).Select(number => new Tag { Key = "k" + number })])).ShouldBe(["Tags"]);
    }

    [Fact]
    public void Network_and_observability_settings_require_matching_ARNs()
    {
        ErrorsOf(With(request => request.NetworkConfiguration = new NetworkConfiguration { EgressConfiguration = new EgressConfiguration { EgressType = "VPC" } })).ShouldBe(["NetworkConfiguration.EgressConfiguration.VpcConnectorArn"]);
        ErrorsOf(With(request => request.ObservabilityConfiguration = new ServiceObservabilityConfiguration())).ShouldBe(["ObservabilityConfiguration.ObservabilityEnabled"]);
        ErrorsOf(With(request => request.ObservabilityConfiguration = new ServiceObservabilityConfiguration
        {
            ObservabilityEnabled = false,
            ObservabilityConfigurationArn = "arn:aws:apprunner:eu-west-1:123456789012:observabilityconfiguration/o/1/0123456789abcdef0123456789abcdef",
        })).ShouldBe(["ObservabilityConfiguration.ObservabilityConfigurationArn"]);
    }

    [Theory]
    [InlineData("DUAL_STACK", false, true)]
    [InlineData("DUAL_STACK", true, false)]
    [InlineData("DUAL_STACK", null, false)]
    [InlineData("IPV4", false, false)]
    [InlineData(null, false, false)]
    public void DUAL_STACK_is_a_warning_for_a_private_service(string? addresses, bool? isPublic, bool warns)
    {
        var problems = RequestRules.Check(With(request => request.NetworkConfiguration = new NetworkConfiguration
        {
            IpAddressType = addresses,
            IngressConfiguration = isPublic is null ? null : new IngressConfiguration { IsPubliclyAccessible = isPublic },
        }));

        problems.Select(problem => (problem.Severity, problem.ToString())).ShouldBe(warns ? [(ProblemSeverity.Warning, "NetworkConfiguration.IpAddressType: is DUAL_STACK, but App Runner uses IPV4 for a private service.")] : []);
    }

    [Theory]
    [InlineData("arn:aws-some-new-partition:kms:mars-1:123456789012:key/abc", true)]
    [InlineData("arn:aws:kms:eu-west-1:123456789012:alias/abc", false)]
    [InlineData("key/abc", false)]
    [InlineData("", false)]
    public void Keys(string key, bool valid) => ErrorsOf(With(request => request.EncryptionConfiguration = new EncryptionConfiguration { KmsKey = key })).ShouldBe(valid ? [] : ["EncryptionConfiguration.KmsKey"]);

    private static string[] ErrorsOf(object request) => RequestRules.Check(request).Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.Path).ToArray();

    private static CreateServiceRequest With(Action<CreateServiceRequest> change)
    {
        var request = new CreateServiceRequest { ServiceName = "web1", SourceConfiguration = Source("public.ecr.aws/a/b:1", "ECR_PUBLIC", null) };
        change(request);
        return request;
    }

    private static CreateServiceRequest WithSettings(Action<ImageConfiguration> change) => With(request =>
        change(request.SourceConfiguration!.ImageRepository!.ImageConfiguration = new ImageConfiguration()));

    private static SourceConfiguration Source(string image, string type, string? role) => new()
    {
        ImageRepository = new ImageRepository { ImageIdentifier = image, ImageRepositoryType = type },
        AuthenticationConfiguration = role is null ? null : new AuthenticationConfiguration { AccessRoleArn = role },
    };

    private static SourceConfiguration Code(string url) => new()
    {
        CodeRepository = new CodeRepository
        {
            RepositoryUrl = url,
            SourceCodeVersion = new SourceCodeVersion { Type = "BRANCH", Value = "main" },
            CodeConfiguration = new CodeConfiguration { ConfigurationSource = "REPOSITORY" },
        },
    };
}
