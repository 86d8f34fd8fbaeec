using System;
using System.IO;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

public sealed class TestDefinitionTests : IDisposable
{
    private const string Good = """{ "ServiceName": "good", "SourceConfiguration": { "ImageRepository": { "ImageIdentifier": "public.ecr.aws/nginx/nginx:1", "ImageRepositoryType": "ECR_PUBLIC" } } }""";
    private const string GoodYaml = "version: 1.0\nruntime: python311\nbuild:\n  commands:\n    build: [make]\nrun:\n  command: python app.py\n";

    private readonly Session session = Session.Plain();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("apprunner-tests-");

    public TestDefinitionTests() => session["folder"] = folder.FullName;

    public void Dispose()
    {
        session.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_valid_definition_writes_nothing()
    {
        Write("web.json", Good);
        Write("apprunner.yaml", GoodYaml);

        var result = session.Run("Test-ARServiceDefinition $folder/web.json, $folder/apprunner.yaml; @{ ServiceName = 'good'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1' } | Test-ARServiceDefinition");

        result.ShouldBeClean();
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public void Problems_of_a_hashtable_are_output_and_not_errors()
    {
        var result = session.Run("@{ ServiceName = 'web1'; ImageIdentifier = 'public.ecr.aws/nginx/nginx:1'; Prot = 80; HealthCheckConfiguration = @{ Interval = 50; Intervall = 5 } } | Test-ARServiceDefinition");

        result.ShouldBeClean();
        var problems = result.All<DefinitionProblem>();
        problems.Select(problem => problem.Path).ShouldBe(["Prot", "HealthCheckConfiguration.Intervall", "HealthCheckConfiguration.Interval"], ignoreOrder: true);
        problems.ShouldAllBe(problem => problem.Severity == ProblemSeverity.Error && problem.Source == "web1" && problem.Line == null && problem.Column == null);
        problems.Single(problem => problem.Path == "Prot").Message.ShouldContain("Did you mean \"Port\"?");
    }

    [Fact]
    public void Problems_of_a_JSON_file_have_line_and_column()
    {
        Write("web.json", """
            {
              "ServiceName": "web1",
              "SourceConfiguration": {
                "ImageRepository": { "ImageIdentifier": "nginx", "ImageRepositoryType": "ECR_PUBLIC" }
              },
              "Port": "http",
              "HealthCheck": {}
            }
            """);

        var problems = session.Run("Test-ARServiceDefinition -Path $folder/*.json").All<DefinitionProblem>();

        problems.ShouldAllBe(problem => problem.Source == Path.Combine(folder.FullName, "web.json"));
        problems.Select(problem => (problem.Path, problem.Line, problem.Column)).ShouldBe(
            [("SourceConfiguration.ImageRepository.ImageIdentifier", 4, 26), ("SourceConfiguration.ImageRepository.ImageConfiguration.Port", 6, 3), ("HealthCheck", 7, 3)]);
    }

    [Theory]
    [InlineData("{\n  \"ServiceName\": oops }", 2, 18, "is not valid JSON")]
    [InlineData("[]", 1, 1, "list is empty")]
    [InlineData("\n  5", 2, 3, "must be a JSON object")]
    [InlineData("", 1, 1, "is not valid JSON")]
    [InlineData("{ \"Port\": 1,\n\"Port\": 2 }", 2, 1, "is given twice")]
    public void Invalid_JSON_is_a_problem_with_line_and_column(string json, int line, int column, string message)
    {
        Write("bad.json", json);

        var problem = session.Run("Test-ARServiceDefinition $folder/bad.json").All<DefinitionProblem>().ShouldHaveSingleItem();

        (problem.Line, problem.Column).ShouldBe((line, column));
        problem.Message.ShouldContain(message);
    }

    [Fact]
    public void A_yaml_file_is_read_as_apprunner_yaml()
    {
        Write("apprunner.yaml", GoodYaml.Replace("python311", "python312") + "  network:\n    port: 0\n");

        var problems = session.Run("Get-Item -LiteralPath \"$folder/apprunner.yaml\" | Test-ARServiceDefinition").All<DefinitionProblem>();

        problems.Select(problem => (problem.Severity, problem.Path, problem.Line, problem.Column)).ShouldBe(
            [(ProblemSeverity.UnknownValue, "runtime", 2, 10), (ProblemSeverity.Error, "run.network.port", 9, 11)]);
        problems[1].ToString().ShouldBe(Path.Combine(folder.FullName, "apprunner.yaml") + "(9,11): Error: run.network.port: '0' must be a port between 1 and 65535.");
    }

    [Fact]
    public void A_yml_file_is_a_warning()
    {
        Write("apprunner.yml", GoodYaml);

        var problem = session.Run("Test-ARServiceDefinition $folder/apprunner.yml").All<DefinitionProblem>().ShouldHaveSingleItem();

        problem.Severity.ShouldBe(ProblemSeverity.Warning);
        problem.Message.ShouldContain("only apprunner.yaml");
    }

    [Fact]
    public void Quiet_writes_one_Boolean_for_all_definitions()
    {
        Write("good.json", Good);
        Write("warned.json", Good.Replace("\"good\"", "\"old\"").Replace("\"ServiceName\"", "\"HealthCheckConfiguration\": { \"Path\": \"/x\" }, \"ServiceName\"").Replace("\"old\"", "\"warned\""));
        Write("bad.json", Good.Replace("good", "x"));

        session.Run("Test-ARServiceDefinition $folder/good.json, $folder/warned.json -Quiet").All<bool>().ShouldBe([true]);
        session.Run("Test-ARServiceDefinition $folder/warned.json").All<DefinitionProblem>().ShouldHaveSingleItem().Severity.ShouldBe(ProblemSeverity.Warning);
        session.Run("Test-ARServiceDefinition $folder/*.json -Quiet").All<bool>().ShouldBe([false]);
    }

    [Theory]
    [InlineData("-Path $folder/missing.json")]
    [InlineData("-Path $folder/missing*.yaml")]
    [InlineData("-LiteralPath $folder/missing.yaml")]
    [InlineData("-LiteralPath $folder/missing.json")]
    [InlineData("-Path nodrive:/x.json")]
    public void An_unreadable_file_is_an_error_and_Quiet_is_false(string where)
    {
        session.Run("Test-ARServiceDefinition " + where).ErrorWith("InvalidParameter").ToString().ShouldContain("Path");
        session.Run($"Test-ARServiceDefinition {where} -Quiet -ErrorAction SilentlyContinue").All<bool>().ShouldBe([false]);
    }

    [Fact]
    public void An_unreadable_file_does_not_stop_the_others()
    {
        Write("bad.json", Good.Replace("good", "x"));

        var result = session.Run("Test-ARServiceDefinition $folder/missing.json, $folder/bad.json");

        result.ErrorWith("InvalidParameter");
        result.Output.Select(item => ((DefinitionProblem)item!.BaseObject).Path).ShouldBe(["ServiceName"]);
    }

    [Fact]
    public void Testing_a_definition_needs_no_region_credentials_or_request()
    {
        using var local = Session.Local();
        local.Run("@{ ServiceName = 'web' } | Test-ARServiceDefinition").All<DefinitionProblem>().ShouldNotBeEmpty();
        local.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void A_service_and_a_request_can_be_tested()
    {
        using var local = Session.Local();
        local.NewService("copied");

        local.Run("Get-ARService copied | Test-ARServiceDefinition").All<DefinitionProblem>().ShouldBeEmpty();
        local.Run("[AppRunner.Model.CreateServiceRequest]@{ ServiceName = 'x' } | Test-ARServiceDefinition").All<DefinitionProblem>().Select(problem => problem.Path)
            .ShouldBe(["ServiceName", "SourceConfiguration"]);
    }

    [Fact]
    public void The_table_shows_whole_messages_below_their_file()
    {
        Write("apprunner.yaml", GoodYaml + "  network:\n    prot: 0\n");

        var screen = session.Show("Test-ARServiceDefinition $folder/apprunner.yaml");

        screen.ShouldContain("Source: " + Path.Combine(folder.FullName, "apprunner.yaml"));
        screen.ShouldContain("run.network.prot: is not a known key");
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(folder.FullName, name), content);
}
