using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.SourceFile;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.SourceFile;

public sealed class SourceFileTests
{
    private const string Smallest = """
        version: 1.0
        runtime: python311
        build:
          commands:
            build:
              - make
        run:
          command: python app.py
        """;

    private const string Largest = """
        # Everything that the format has.
        version: 1.0
        runtime: nodejs22
        build:
          commands:
            pre-build:
              - corepack enable
            build:
              - npm ci
              - 'npm run build: all'
            post-build:
              - |
                npm test
                npm prune
          env:
            - name: NODE_ENV
              value: production
            - name: EMPTY
              value: ''
        run:
          runtime-version: 22.12
          pre-run:
            - npm install -g pm2
          command: >
            node server.js
            --trace
          network:
            port: 3000
            env: APP_PORT
          env:
            - name: DEBUG
              value: true
            - name: RATIO
              value: 1.50
          secrets:
            - name: db-password
              value-from: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:password::"
            - name: TOKEN
              value-from: arn:aws:ssm:eu-west-1:123456789012:parameter/web/token
            - name: BARE
              value-from: web-token
        """;

    [Fact]
    public void The_smallest_valid_file_gets_the_defaults()
    {
        var file = Good(Smallest);
        file.Version.ShouldBe("1.0");
        file.Runtime.ShouldBe("python311");
        file.Build.Build.ShouldBe(["make"]);
        file.Build.PreBuild.ShouldBeEmpty();
        file.Build.EnvironmentVariables.ShouldBeEmpty();
        file.Run.Command.ShouldBe("python app.py");
        file.Run.Port.ShouldBe(8080);
        file.Run.PortVariable.ShouldBeNull();
        file.Run.RuntimeVersion.ShouldBeNull();
        file.Run.Secrets.ShouldBeEmpty();
    }

    [Fact]
    public void All_settings_of_the_format_are_read()
    {
        var file = Good(Largest);
        file.Runtime.ShouldBe("nodejs22");
        file.Build.PreBuild.ShouldBe(["corepack enable"]);
        file.Build.Build.ShouldBe(["npm ci", "npm run build: all"]);
        file.Build.PostBuild.ShouldBe(["npm test\nnpm prune"]);
        file.Build.EnvironmentVariables["NODE_ENV"].ShouldBe("production");
        file.Build.EnvironmentVariables["EMPTY"].ShouldBeEmpty();
        file.Run.RuntimeVersion.ShouldBe("22.12");
        file.Run.PreRun.ShouldBe(["npm install -g pm2"]);
        file.Run.Command.ShouldBe("node server.js --trace");
        file.Run.Port.ShouldBe(3000);
        file.Run.PortVariable.ShouldBe("APP_PORT");
        file.Run.EnvironmentVariables["DEBUG"].ShouldBe("true");
        file.Run.EnvironmentVariables["RATIO"].ShouldBe("1.50");
        file.Run.Secrets.Keys.ShouldBe(["db-password", "TOKEN", "BARE"]);
        file.Run.Secrets["TOKEN"].ShouldBe("arn:aws:ssm:eu-west-1:123456789012:parameter/web/token");
    }

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("%YAML 1.1\n---\n")]
    [InlineData("---\n")]
    [InlineData("# a comment\n\n")]
    public void Comments_and_directives_before_the_document_are_accepted(string before) => Good(before + Smallest);

    [Fact]
    public void Windows_line_endings_are_accepted()
    {
        var file = Good(Largest.Replace("\n", "\r\n"));
        file.Build.PostBuild.ShouldBe(["npm test\nnpm prune"]);
        file.Run.Command.ShouldBe("node server.js --trace");
    }

    [Fact]
    public void A_JSON_document_is_accepted_as_YAML() =>
        Good("""{"version": "1.0", "runtime": "go1", "build": {"commands": {"build": ["go build"]}}, "run": {"command": "./app"}}""", ["runtime"]).Run.Command.ShouldBe("./app");

    [Fact]
    public void Empty_sections_are_ignored()
    {
        var file = Good(Smallest + "\n  env:\n  secrets: ~\n  network:\n  pre-run:\n  runtime-version:\n");
        file.Run.EnvironmentVariables.ShouldBeEmpty();
        file.Run.Port.ShouldBe(8080);
    }

    [Fact]
    public void A_YAML_alias_has_the_value_of_its_anchor()
    {
        var file = Good("""
            version: 1.0
            runtime: python311
            build:
              commands: {build: [&install make install, *install]}
              env: &both
                - {name: A, value: &v b}
                - {name: C, value: *v}
            run:
              command: *install
              env: *both
            """);
        file.Build.Build.ShouldBe(["make install", "make install"]);
        file.Run.Command.ShouldBe("make install");
        file.Run.EnvironmentVariables.ShouldBe(file.Build.EnvironmentVariables);
        file.Run.EnvironmentVariables["C"].ShouldBe("b");
    }

    [Fact]
    public void Every_known_runtime_has_its_apprunner_yaml_name()
    {
        foreach (var name in new[] { "python3", "python311", "nodejs12", "nodejs14", "nodejs16", "nodejs18", "nodejs22", "corretto8", "corretto11", "dotnet6", "go1", "php81", "ruby31" })
            Read(Smallest.Replace("python311", name)).Problems.ShouldNotContain(problem => problem.Severity != ProblemSeverity.Warning, name);
    }

    [Fact]
    public void ToString_has_no_secrets() => Good(Largest).ToString().ShouldBe("nodejs22, port 3000, 2 variables, 3 secrets");

    internal static (Model.SourceFile? File, SourceFileProblem[] Problems) Read(string text)
    {
        var (file, problems) = new SourceFileReader().Read(text, "apprunner.yaml");
        return (file, problems.ToArray());
    }

    private static Model.SourceFile Good(string text, string[]? warnings = null)
    {
        var (file, problems) = Read(text);
        problems.Select(problem => problem.Path).ShouldBe(warnings ?? [], string.Join("\n", problems.Select(problem => problem.ToString())));
        return file.ShouldNotBeNull();
    }
}
