using System;
using System.IO;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>Mistakes in definitions that App Runner refuses, or that fail later: told before anything is sent.</summary>
public sealed class DefinitionRulesTests : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/web";
    private const string Secret = "-EnvironmentSecret @{ DB = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf' }";
    private const string RoleRequired = "InstanceConfiguration.InstanceRoleArn: is required with RuntimeEnvironmentSecrets: the role that reads the secrets.";

    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Fact]
    public void Secrets_without_a_role_are_an_error_of_New_and_Update()
    {
        session.Run($"New-ARService web1 {Session.Image} {Secret}").ErrorWith("InvalidParameter").ToString().ShouldBe(RoleRequired);
        session.NewService("web1");
        session.Run($"Update-ARService web1 {Secret}").ErrorWith("InvalidParameter").ToString().ShouldBe(RoleRequired);

        // With the update's role, and then with the service's.
        session.Run($"Update-ARService web1 {Secret} -InstanceRoleArn {Role} -Wait -PollInterval 0.02").ShouldBeClean();
        session.Run($"Update-ARService web1 {Secret.Replace("DB", "OTHER", StringComparison.Ordinal)} -Wait -PollInterval 0.02").ShouldBeClean();
    }

    [Fact]
    public void A_source_with_secrets_is_made_without_a_role() => session.Run($"New-ARSourceConfig {Session.Image} {Secret}").ShouldBeClean();

    [Theory]
    [InlineData("-StartCommand 'npm run migrate && npm start'", "SourceConfiguration.ImageRepository.ImageConfiguration.StartCommand: the value uses '&&', but App Runner starts the command without a shell. Use sh -c '…', with the whole command in quotes.")]
    [InlineData("-EnvironmentVariable @{ DB = '{{resolve:ssm:/db}}' }", "SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.DB: has a value with {{resolve:…, which App Runner does not resolve; for a secret or parameter use RuntimeEnvironmentSecrets (EnvironmentSecret).")]
    public void A_warning_has_the_path_and_the_service_is_created(string parameters, string warning)
    {
        var result = session.Run($"New-ARService web1 {Session.Image} {parameters}");

        result.Warnings.ShouldBe([warning]);
        result.Service.ServiceName.ShouldBe("web1");
    }

    [Theory]
    [InlineData("@{ ServiceName = 'web1'; ImageIdentifier = '12345678901.dkr.ecr.us-east-1.amazonaws.com/app:1'; AccessRoleArn = '" + Role + "' }", "has the account '12345678901', but an account ID has 12 digits.")]
    [InlineData("@{ ServiceName = 'web1'; ImageIdentifier = 'https://123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1'; AccessRoleArn = '" + Role + "'; AutoDeploymentsEnabled = $true }", "begins with https://; an image's name has no scheme.")]
    [InlineData("@{ ServiceName = 'web1'; ImageIdentifier = 'public.ecr.aws/nginx:1' }", "has no registry alias; an image in ECR Public is public.ecr.aws/ALIAS/NAME:TAG.")]
    [InlineData("@{ ServiceName = 'web1'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; InstanceRoleArn = 'arn:aws:iam::YOUR_ACCOUNT:role/web' }", "has the account 'YOUR_ACCOUNT', but an account ID has 12 digits.")]
    [InlineData("@{ ServiceName = 'web1'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; StartCommand = '' }", "the value must not be empty.")]
    public void A_mistake_is_one_problem(string definition, string message)
    {
        var problem = session.Run(definition + " | Test-ARServiceDefinition").All<DefinitionProblem>().ShouldHaveSingleItem();

        problem.Message.ShouldEndWith(message);
        problem.Severity.ShouldBe(ProblemSeverity.Error);
        session.Run(definition + " | New-ARService").ErrorWith("InvalidParameter").ToString().ShouldContain(message);
    }

    [Fact]
    public void A_placeholder_in_the_ARN_of_a_service_is_an_error_before_sending() =>
        session.Run("Get-ARService arn:aws:apprunner:us-east-1:YOUR_ACCOUNT:service/web1/8fe1e10304f84fd2b0df550fe98a71fa").Errors.ShouldHaveSingleItem().ToString().ShouldContain("YOUR_ACCOUNT");

    [Fact]
    public void An_apprunner_yaml_with_a_Dockerfile_is_not_valid()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("apprunner-tests-").FullName, "apprunner.yaml");
        File.WriteAllText(file, "version: 1.0\nruntime: docker\nbuild:\n  commands:\n    build: [make]\nrun:\n  command: ./app\n");
        session["file"] = file;

        session.Run("Test-ARServiceDefinition $file -Quiet").All<bool>().Single().ShouldBeFalse();
        var problem = session.Run("Test-ARServiceDefinition $file").All<DefinitionProblem>().ShouldHaveSingleItem();
        (problem.Line, problem.Column, problem.Path).ShouldBe((2, 10, "runtime"));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
