using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Rules;

/// <summary>Rules of images, repositories, commands, secrets and ARNs, with the mistakes that people make in them.</summary>
public class SourceRulesTests
{
    private const string Role = "arn:aws:iam::123456789012:role/web";

    [Theory]
    [InlineData("arn:aws:iam::YOUR_ACCOUNT:role/web", "has the account 'YOUR_ACCOUNT', but an account ID has 12 digits.")]
    [InlineData("arn:aws:iam::<account-id>:role/web", "has the account '<account-id>', but an account ID has 12 digits.")]
    [InlineData("arn:aws:iam::123:role/web-app", "has the account '123', but an account ID has 12 digits.")]
    [InlineData("arn:aws:iam::1234567890123:role/web", "has the account '1234567890123', but an account ID has 12 digits.")]
    [InlineData("arn:aws:iam::12345678901٣:role/web", "has the account '12345678901٣', but an account ID has 12 digits.")]
    [InlineData("arn:aws:iam:::role/some-web-role", "has the account '', but an account ID has 12 digits.")]
    [InlineData("arn:aws:iam::${AWS::AccountId}:role/web", "must be an ARN like arn:aws:iam::123456789012:role/NAME.")]
    [InlineData("arn:aws:iam:eu-west-1:123456789012:role/web", "must have no region, as an ARN of IAM, not 'eu-west-1'.")]
    [InlineData("arn:aws:iam::123456789012:role/<name>", "has the resource 'role/<name>', which can contain only letters, digits and _ + = , . @ - /.")]
    [InlineData("arn:<partition>:iam::123456789012:role/web", "has the partition '<partition>', which must be aws, aws-cn, aws-us-gov or such.")]
    public void A_placeholder_in_an_ARN_is_named(string arn, string message)
    {
        var problem = RequestRules.Check(new InstanceConfiguration { InstanceRoleArn = arn }).ShouldHaveSingleItem();

        problem.Path.ShouldBe("InstanceRoleArn");
        problem.Message.ShouldBe($"'{arn}' {message}");
        problem.Severity.ShouldBe(ProblemSeverity.Error);
    }

    [Fact]
    public void A_placeholder_account_is_an_error_in_every_ARN()
    {
        foreach (var account in new[] { "YOUR_ACCOUNT", "<account-id>", "123", "000-000-000-000", string.Empty })
        {
            object[] requests =
            [
                new CreateServiceRequest { AutoScalingConfigurationArn = $"arn:aws:apprunner:eu-west-1:{account}:autoscalingconfiguration/high" },
                new EncryptionConfiguration { KmsKey = $"arn:aws:kms:eu-west-1:{account}:key/01234567-89ab-cdef-0123-456789abcdef" },
                new AuthenticationConfiguration { AccessRoleArn = $"arn:aws:iam::{account}:role/service-role/access" },
                new AuthenticationConfiguration { ConnectionArn = $"arn:aws:apprunner:eu-west-1:{account}:connection/github/1" },
                new EgressConfiguration { EgressType = "VPC", VpcConnectorArn = $"arn:aws:apprunner:eu-west-1:{account}:vpcconnector/net" },
                new DescribeServiceRequest { ServiceArn = $"arn:aws:apprunner:eu-west-1:{account}:service/web1/8fe1e10304f84fd2b0df550fe98a71fa" },
                new TagResourceRequest { ResourceArn = $"arn:aws:apprunner:eu-west-1:{account}:service/web1/8fe1e10304f84fd2b0df550fe98a71fa", Tags = [new Tag { Key = "a" }] },
                new ImageConfiguration { RuntimeEnvironmentSecrets = new() { ["A"] = $"arn:aws:secretsmanager:eu-west-1:{account}:secret:db-AbCdEf" } },
                new ImageConfiguration { RuntimeEnvironmentSecrets = new() { ["A"] = $"arn:aws:ssm:eu-west-1:{account}:parameter/db" } },
            ];
            foreach (var request in requests)
                ErrorsOf(request).ShouldNotBeEmpty($"{request.GetType().Name} with account '{account}'");
        }

        Arn.TryParseService("arn:aws:apprunner:eu-west-1:YOUR_ACCOUNT:service/web1/8fe1e10304f84fd2b0df550fe98a71fa", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr.us-east-1.amazonaws.com/team/App:1", "has a repository with capital letters, 'team/App'; Amazon ECR allows only lower case.")]
    [InlineData("public.ecr.aws/nginx/Nginx", "has a repository with capital letters, 'nginx/Nginx'; Amazon ECR allows only lower case.")]
    [InlineData("public.ecr.aws/nginx:1", "has no registry alias; an image in ECR Public is public.ecr.aws/ALIAS/NAME:TAG.")]
    [InlineData("public.ecr.aws/nginx/nginx:1;rm", "must have a tag of letters, digits and _ + - = . : / @, not '1;rm'.")]
    [InlineData("public.ecr.aws/nginx/nginx:$TAG", "must have a tag of letters, digits and _ + - = . : / @, not '$TAG'.")]
    [InlineData("public.ecr.aws/nginx/nginx:<tag>", "must have a tag of letters, digits and _ + - = . : / @, not '<tag>'.")]
    [InlineData("public.ecr.aws/nginx/nginx:", "ends in ':' without a tag.")]
    [InlineData("public.ecr.aws/nginx/nginx@", "ends in '@' without a digest.")]
    [InlineData("123456789012.dkr.ecr.us-east-1.amazonaws.com/a@sha256:z-", "has the digest 'sha256:z-', which can contain only letters, digits, _ and :.")]
    [InlineData("https://123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1", "begins with https://; an image's name has no scheme.")]
    [InlineData("docker://public.ecr.aws/nginx/nginx:1", "begins with docker://; an image's name has no scheme.")]
    [InlineData("12345678901.dkr.ecr.us-east-1.amazonaws.com/app:1", "has the account '12345678901', but an account ID has 12 digits.")]
    [InlineData("<account>.dkr.ecr.us-east-1.amazonaws.com/app:1", "has the account '<account>', but an account ID has 12 digits.")]
    [InlineData("123456789012.dkr.ecr.us-east-1.amazonaws.com/app_:1", "must have a repository of lower case letters and digits, with one of . _ - or / between them, not 'app_'.")]
    [InlineData("public.ecr.aws/nginx/ng inx:1", "must be an image's name without white space.")]
    [InlineData("nginx:1", "must be an ECR image such as 123456789012.dkr.ecr.REGION.amazonaws.com/NAME:TAG or public.ecr.aws/ALIAS/NAME:TAG.")]
    [InlineData("ghcr.io/owner/app:1", "must be an ECR image such as 123456789012.dkr.ecr.REGION.amazonaws.com/NAME:TAG or public.ecr.aws/ALIAS/NAME:TAG.")]
    [InlineData("123456789012.dkr.ecr.REGION.amazonaws.com/app:1", "must be an ECR image such as 123456789012.dkr.ecr.REGION.amazonaws.com/NAME:TAG or public.ecr.aws/ALIAS/NAME:TAG.")]
    public void The_part_of_an_image_that_is_wrong_is_named_and_nothing_is_concluded_from_it(string image, string message)
    {
        // As the cmdlets complete it: ECR_PUBLIC where the name does not tell. The role shows that no rule of ECR Public is applied.
        var request = Create(new SourceConfiguration
        {
            ImageRepository = new ImageRepository { ImageIdentifier = image, ImageRepositoryType = ImageRepository.TypeOf(image) ?? "ECR_PUBLIC" },
            AuthenticationConfiguration = image.StartsWith("public", StringComparison.Ordinal) ? null : new AuthenticationConfiguration { AccessRoleArn = Role },
        });

        var problem = RequestRules.Check(request).ShouldHaveSingleItem();

        problem.Path.ShouldBe("SourceConfiguration.ImageRepository.ImageIdentifier");
        problem.Message.ShouldBe($"'{image}' {message}");
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/a:1")]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/a/b@sha256:00")]
    [InlineData("123456789012.dkr.ecr.eu-nowhere-12.amazonaws.eu/a")]
    [InlineData("123456789012.dkr-ecr.us-east-1.on.aws/a.b/c-d:latest")]
    [InlineData("public.ecr.aws/docker/library/nginx:1.27@sha256:00")]
    public void Images_of_other_partitions_and_with_digests_are_valid(string image) => ErrorsOf(new ImageRepository { ImageIdentifier = image, ImageRepositoryType = ImageRepository.TypeOf(image) }).ShouldBeEmpty();

    [Theory]
    [InlineData("npm run migrate && npm start", "uses '&&'")]
    [InlineData("a || b", "uses '||'")]
    [InlineData("cat x | grep y", "uses '|'")]
    [InlineData("first; second", "uses ';'")]
    [InlineData("node server.js > log.txt", "uses '>'")]
    [InlineData("node server.js 2>&1", "uses '>'")]
    [InlineData("node server.js < in.txt", "uses '<'")]
    [InlineData("gunicorn --bind :$PORT", "uses '$'")]
    [InlineData("gunicorn --bind \":${PORT}\"", "uses '$'")]
    [InlineData("echo $(date)", "uses '$'")]
    [InlineData("echo `date`", "uses '`'")]
    [InlineData("node a.js &", "uses '&'")]
    [InlineData("node a.js & node b.js", "uses '&'")]
    [InlineData("cd app", "begins with the shell's 'cd'")]
    [InlineData("source venv/bin/activate", "begins with the shell's 'source'")]
    [InlineData("NODE_ENV=production node a.js", "begins with an assignment")]
    [InlineData("sh -c npm start", "gives a shell only the first word after -c")]
    [InlineData("sh -c 'a' && b", "uses '&&'")]
    public void Shell_syntax_in_StartCommand_is_a_warning(string command, string message)
    {
        foreach (var settings in new object[] { new ImageConfiguration { StartCommand = command }, new CodeConfigurationValues { Runtime = "NODEJS_22", StartCommand = command } })
        {
            var problem = RequestRules.Check(settings).ShouldHaveSingleItem();
            problem.ToString().ShouldBe($"StartCommand: the value {message}, but App Runner starts the command without a shell. Use sh -c '…', with the whole command in quotes.");
            problem.Severity.ShouldBe(ProblemSeverity.Warning);
        }
    }

    [Theory]
    [InlineData("npm start")]
    [InlineData("sh -c 'npm run migrate && npm start'")]
    [InlineData("sh -c \"gunicorn --bind :$PORT\"")]
    [InlineData("/bin/bash -lc 'a | b; c > d'")]
    [InlineData("/usr/bin/env bash -c 'a && b'")]
    [InlineData("sh -c $CMD")]
    [InlineData("python -c 'import app; app.run()'")]
    [InlineData("php -S 0.0.0.0:8080 -t public \"a;b\"")]
    [InlineData("curl http://localhost/?a=1&b=2")]
    [InlineData("printf 'costs 5$'")]
    [InlineData("find . -exec ls {} \\;")]
    [InlineData("app --pattern '^a$'")]
    [InlineData("   ")]
    public void A_command_that_needs_no_shell_is_accepted(string command)
    {
        RequestRules.Check(new ImageConfiguration { StartCommand = command }).ShouldBeEmpty();
        RequestRules.Check(new CodeConfigurationValues { Runtime = "NODEJS_22", BuildCommand = "npm ci && npm run build > log" }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData("a\nb", "must be on one line; put several commands into a script")]
    public void An_empty_command_and_one_of_several_lines_are_errors(string command, string message)
    {
        var problems = RequestRules.Check(new CodeConfigurationValues { Runtime = "NODEJS_22", StartCommand = command, BuildCommand = command });

        problems.Select(problem => problem.ToString()).ShouldBe([$"BuildCommand: the value {message}.", $"StartCommand: the value {message}."]);
    }

    [Fact]
    public void Secrets_need_an_instance_role()
    {
        var secrets = new Dictionary<string, string> { ["DB"] = "/db" };
        var image = Create(Image(new ImageConfiguration { RuntimeEnvironmentSecrets = secrets }));
        var code = Create(Code("https://github.com/o/n", new CodeConfigurationValues { Runtime = "NODEJS_22", RuntimeEnvironmentSecrets = secrets }));
        foreach (var request in new[] { image, code })
        {
            var problem = RequestRules.Check(request).ShouldHaveSingleItem();
            problem.ToString().ShouldBe("InstanceConfiguration.InstanceRoleArn: is required with RuntimeEnvironmentSecrets: the role that reads the secrets.");
            problem.ServiceMessage.ShouldBe("Instance Role have to be provided if passing in RuntimeEnvironmentSecrets.");
            request.InstanceConfiguration = new InstanceConfiguration { InstanceRoleArn = Role };
            ErrorsOf(request).ShouldBeEmpty();
        }

        ErrorsOf(Create(Image(new ImageConfiguration { RuntimeEnvironmentSecrets = [] }))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("git@github.com:o/n.git", "is an SSH or git address")]
    [InlineData("ssh://git@github.com/o/n", "is an SSH or git address")]
    [InlineData("git://github.com/o/n", "is an SSH or git address")]
    [InlineData("github.com/o/n", "has no scheme")]
    [InlineData("https://gitlab.com/o/n", "is in gitlab.com, but App Runner deploys only from GitHub and Bitbucket")]
    [InlineData("https://git-codecommit.us-east-1.amazonaws.com/v1/repos/n", "is in git-codecommit.us-east-1.amazonaws.com, but App Runner deploys only from GitHub and Bitbucket")]
    [InlineData("codecommit::us-east-1://n", "is in AWS CodeCommit")]
    [InlineData("https://dev.azure.com/o/p/_git/n", "is in dev.azure.com")]
    [InlineData("https://github.com/o/n/tree/main", "is the address of a branch or folder; use https://github.com/o/n, with the branch in SourceCodeVersion (Branch)")]
    [InlineData("https://github.com/o/n/tree/main/app", "is the address of a branch or folder; use https://github.com/o/n")]
    [InlineData("https://github.com/o/n/blob/main/README.md", "is the address of a branch or folder; use https://github.com/o/n")]
    [InlineData("https://bitbucket.org/o/n/src/main/", "is the address of a branch or folder; use https://bitbucket.org/o/n")]
    [InlineData("https://github.com/o/n/pull/7", "is not the address of a repository; use https://github.com/o/n.")]
    [InlineData("https://github.com/o/n?tab=readme", "is not the address of a repository; use https://github.com/o/n.")]
    [InlineData("https://github.com/o/n#readme", "is not the address of a repository; use https://github.com/o/n.")]
    [InlineData("http://github.com/o/n", "is not the address of a repository; use https://github.com/o/n.")]
    [InlineData("https://www.github.com/o/n", "is not the address of a repository; use https://github.com/o/n.")]
    [InlineData("https://github.com/o", "names no repository")]
    [InlineData(" https://github.com/o/n", "begins or ends with white space")]
    [InlineData("https://github.com/<owner>/n", "has an owner or a name with characters that neither can have")]
    [InlineData("https://github.com/o/my repository", "has an owner or a name with characters that neither can have")]
    [InlineData("https://me:sesame@github.com/o/n", "contains a user name or token")]
    public void An_address_that_App_Runner_cannot_deploy_from_is_an_error(string url, string message)
    {
        var problem = RequestRules.Check(Code(url, null)).ShouldHaveSingleItem();

        problem.Path.ShouldBe("CodeRepository.RepositoryUrl");
        problem.Message.ShouldStartWith(message);
        problem.Message.ShouldNotContain("sesame");
        problem.Severity.ShouldBe(ProblemSeverity.Error);
    }

    [Theory]
    [InlineData("https://github.com/o/n")]
    [InlineData("https://github.com/o/n.git")]
    [InlineData("https://github.com/o/n/")]
    [InlineData("https://bitbucket.org/o/n")]
    [InlineData("/srv/repository")]
    [InlineData("C:\\src\\repository")]
    [InlineData("file:///srv/repository")]
    [InlineData("./app")]
    public void Repositories_and_folders_are_valid(string url) => RequestRules.Check(Code(url, null)).ShouldBeEmpty();

    [Fact]
    public void An_unknown_host_is_a_warning() => RequestRules.Check(Code("https://git.example.com/o/n", null)).ShouldHaveSingleItem().Severity.ShouldBe(ProblemSeverity.Warning);

    [Theory]
    [InlineData("DOCKER")]
    [InlineData("docker")]
    [InlineData("Dockerfile")]
    public void A_Dockerfile_is_not_a_runtime(string runtime)
    {
        var problem = RequestRules.Check(new CodeConfigurationValues { Runtime = runtime }).ShouldHaveSingleItem();

        problem.Severity.ShouldBe(ProblemSeverity.Error);
        problem.Message.ShouldStartWith($"'{runtime}' is not a runtime: App Runner builds no Dockerfile.");
    }

    [Theory]
    [InlineData("PYTHON_311", "pip install -r requirements.txt", true)]
    [InlineData("PYTHON_311", "pip install -t . -r requirements.txt", false)]
    [InlineData("PYTHON_3", "pip install -r requirements.txt", false)]
    [InlineData("NODEJS_22", "npm ci", false)]
    [InlineData("NODEJS_22", "dnf install -y git", true)]
    public void Packages_that_the_revised_build_leaves_behind_are_a_warning(string runtime, string command, bool warns) =>
        RequestRules.Check(new CodeConfigurationValues { Runtime = runtime, BuildCommand = command }).Any(problem => problem is { Path: "BuildCommand", Severity: ProblemSeverity.Warning }).ShouldBe(warns);

    [Theory]
    [InlineData("{{resolve:secretsmanager:db:SecretString:password}}")]
    [InlineData("{{resolve:ssm:/db/password}}")]
    [InlineData("arn:aws:s3:::x-${AWS::AccountId}")]
    [InlineData("${{ secrets.DB }}")]
    public void A_value_that_App_Runner_does_not_resolve_is_a_warning(string value)
    {
        var problem = RequestRules.Check(new ImageConfiguration { RuntimeEnvironmentVariables = new() { ["DB"] = value } }).ShouldHaveSingleItem();

        problem.Path.ShouldBe("RuntimeEnvironmentVariables.DB");
        problem.Severity.ShouldBe(ProblemSeverity.Warning);
        problem.Message.ShouldEndWith("which App Runner does not resolve; for a secret or parameter use RuntimeEnvironmentSecrets (EnvironmentSecret).");
    }

    private static string[] ErrorsOf(object request) => [.. RequestRules.Check(request).Where(problem => problem.Severity == ProblemSeverity.Error && problem.Message != "is required.").Select(problem => problem.ToString())];

    private static CreateServiceRequest Create(SourceConfiguration source) => new() { ServiceName = "web1", SourceConfiguration = source };

    private static SourceConfiguration Image(ImageConfiguration settings) => new()
    {
        ImageRepository = new ImageRepository { ImageIdentifier = "public.ecr.aws/nginx/nginx:1", ImageRepositoryType = "ECR_PUBLIC", ImageConfiguration = settings },
    };

    private static SourceConfiguration Code(string url, CodeConfigurationValues? values) => new()
    {
        CodeRepository = new CodeRepository
        {
            RepositoryUrl = url,
            SourceCodeVersion = new SourceCodeVersion { Type = "BRANCH", Value = "main" },
            CodeConfiguration = new CodeConfiguration { ConfigurationSource = values is null ? "REPOSITORY" : "API", CodeConfigurationValues = values },
        },
        AuthenticationConfiguration = new AuthenticationConfiguration { ConnectionArn = "arn:aws:apprunner:eu-west-1:123456789012:connection/github/0123456789abcdef0123456789abcdef" },
    };
}
