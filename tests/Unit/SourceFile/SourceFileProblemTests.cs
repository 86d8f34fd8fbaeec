using System;
using System.Linq;
using AppRunner.Model.Rules;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.SourceFile;

public sealed class SourceFileProblemTests
{
    private const string Build = "build:\n  commands:\n    build:\n      - make\n";
    private const string Head = "version: 1.0\nruntime: python311\n" + Build;
    private const string Run = "run:\n  command: python app.py\n";

    [Theory]
    [InlineData("", 1, 1, "is empty")]
    [InlineData("# nothing\n", 1, 1, "is empty")]
    [InlineData("--- ~\n", 1, 1, "is empty")]
    [InlineData("just words", 1, 1, "must be a section with the keys version, runtime, build, run")]
    [InlineData("- version: 1.0\n", 1, 1, "must be a section with the keys version, runtime, build, run")]
    [InlineData("version: 1.0\nrun:\n\tcommand: x\n", 3, 1, "a tab")]
    [InlineData("version: 1.0\nrun:\n  network:\n  \tport: 1\n", 4, 3, "a tab")]
    [InlineData("version: 'open\n", 1, 10, "is not valid YAML")]
    [InlineData("version: [1\n", 2, 1, "is not valid YAML")]
    [InlineData("version: 1.0\nrun:\n  command: echo a: b\n", 3, 18, "a second ': '")]
    [InlineData("version: 1.0\nruntime: python3\n  build:\n", 3, 8, "a second ': '")]
    [InlineData("...\nversion", 1, 1, "is not valid YAML from here on")]
    [InlineData("version: [time: python311\nbuild:\n  - x\n", 1, 15, "is not valid YAML from here on")]
    [InlineData("version: @1\n", 1, 10, "is not valid YAML")]
    [InlineData("version: 1.0\n---\nversion: 1.0\n", 2, 1, "a second document")]
    [InlineData("version: 1.0\nrun: *nothing\n", 2, 6, "alias")]
    [InlineData("version: &a [*a]\n", 1, 14, "alias")]
    [InlineData("version: &a [1]\n*a : 2\n", 2, 1, "a key that is not a string")]
    [InlineData("version: &a [1]\n? [*a]\n: 2\n", 2, 4, "a key that is not a string")]
    [InlineData("version: !!python/object:os.system x\n", 1, 10, "tag")]
    [InlineData("version: !secret x\n", 1, 10, "tag")]
    [InlineData("version: 1.0\nruntime: py\0thon\n", 2, 12, "U+0000")]
    [InlineData("version: 1.0\nruntime: py\u001b[31m\n", 2, 12, "U+001B")]
    public void Malformed_YAML_is_one_error(string text, int line, int column, string message)
    {
        var (file, problems) = SourceFileTests.Read(text);
        file.ShouldBeNull();
        var problem = problems.ShouldHaveSingleItem();
        problem.Severity.ShouldBe(ProblemSeverity.Error);
        problem.Message.ShouldContain(message);
        (problem.Line, problem.Column, problem.Path).ShouldBe((line, column, string.Empty));
        problem.File.ShouldBe("apprunner.yaml");
    }

    [Theory]
    [InlineData("runtime: python311\n" + Build + Run, 1, 1, "version", "is required")]
    [InlineData("version: 1.0\n" + Build + Run, 1, 1, "runtime", "is required")]
    [InlineData("version: 1.0\nruntime: python311\n" + Run, 1, 1, "build", "is required")]
    [InlineData(Head, 1, 1, "run", "is required")]
    [InlineData("version:\nruntime: python311\n" + Build + Run, 1, 1, "version", "has no value")]
    [InlineData(Head + "run:\n", 7, 1, "run", "has no value")]
    [InlineData(Head + "run:\n  env: []\n", 8, 3, "run.command", "is required")]
    [InlineData(Head + "run:\n  command: ''\n", 8, 12, "run.command", "is empty")]
    [InlineData(Head + "run:\n  command: [python, app.py]\n", 8, 12, "run.command", "must be a string, not a list")]
    [InlineData(Head + "run: python app.py\n", 7, 6, "run", "must be a section with the keys")]
    [InlineData("version: 1.0\nruntime: python311\nbuild:\n  env: []\n" + Run, 4, 3, "build.commands", "is required")]
    [InlineData("version: 1.0\nruntime: python311\nbuild:\n  commands:\n    pre-build: [a]\n" + Run, 5, 5, "build.commands.build", "is required")]
    [InlineData("version: 1.0\nruntime: python311\nbuild:\n  commands:\n    build: []\n" + Run, 5, 12, "build.commands.build", "at least one")]
    [InlineData("version: 1.0\nruntime: python311\nbuild:\n  commands:\n    build: make\n" + Run, 5, 12, "build.commands.build", "must be a list")]
    [InlineData("version: 1.0\nruntime: python311\nbuild:\n  commands:\n    build:\n      - make: all\n" + Run, 6, 9, "build.commands.build[0]", "must be a string, not a section")]
    [InlineData("version: 1.0\nruntime: python311\nbuild:\n  commands:\n    build:\n      - make\n      -\n" + Run, 7, 8, "build.commands.build[1]", "is empty")]
    [InlineData("version: 1.0\nruntime: python311\nbuild:\n  commands:\n    - make\n" + Run, 5, 5, "build.commands", "must be a section with the keys pre-build, build, post-build")]
    [InlineData("version: one\nruntime: python311\n" + Build + Run, 1, 10, "version", "'one' is not a valid version")]
    [InlineData("version: -1.0\nruntime: python311\n" + Build + Run, 1, 10, "version", "is not a valid version")]
    [InlineData("version: [1.0]\nruntime: python311\n" + Build + Run, 1, 10, "version", "must be a string")]
    [InlineData("version: 1.0\nruntime: {python: 3}\n" + Build + Run, 2, 10, "runtime", "must be a string")]
    [InlineData("Version: 1.0\nversion: 1.0\nruntime: python311\n" + Build + Run, 1, 1, "Version", "Did you mean \"version\"?")]
    [InlineData(Head + "run:\n  command: a\n  runtime_version: 3.11\n", 9, 3, "run.runtime_version", "Did you mean \"runtime-version\"?")]
    [InlineData(Head + "run:\n  command: a\n  port: 80\n", 9, 3, "run.port", "move it to run.network")]
    [InlineData(Head + Run + "env: []\n", 9, 1, "env", "move it to build")]
    [InlineData(Head + "run:\n  command: a\n  runtime: x\n", 9, 3, "run.runtime", "move it to the top level")]
    [InlineData(Head + "run:\n  command: a\n  zzzzzzz: 80\n", 9, 3, "run.zzzzzzz", "Known keys: runtime-version, pre-run, command")]
    [InlineData(Head + "run:\n  command: a\n  <<: {env: []}\n", 9, 3, "run.<<", "merge")]
    [InlineData(Head + "run:\n  command: a\n  [x]: y\n", 9, 3, "run", "a key that is not a string")]
    [InlineData(Head + "run:\n  command: a\n  command: b\n", 9, 3, "run.command", "given twice, first on line 8")]
    [InlineData(Head + "run:\n  command: a\n  network:\n    port: 0\n", 10, 11, "run.network.port", "'0' must be a port")]
    [InlineData(Head + "run:\n  command: a\n  network:\n    port: 65536\n", 10, 11, "run.network.port", "must be a port")]
    [InlineData(Head + "run:\n  command: a\n  network:\n    port: http\n", 10, 11, "run.network.port", "must be a port")]
    [InlineData(Head + "run:\n  command: a\n  network:\n    port: [1]\n", 10, 11, "run.network.port", "must be a string")]
    [InlineData(Head + "run:\n  command: a\n  network: 80\n", 9, 12, "run.network", "must be a section with the keys port, env")]
    [InlineData(Head + "run:\n  command: a\n  network:\n    env: A=B\n", 10, 10, "run.network.env", "must not contain '='")]
    [InlineData(Head + Run + "  env:\n    A: b\n", 10, 5, "run.env", "must be a list")]
    [InlineData(Head + Run + "  env:\n    - A=b\n", 10, 7, "run.env[0]", "must be a section with the keys name, value")]
    [InlineData(Head + Run + "  env:\n    - name: A\n", 10, 7, "run.env[0].value", "is required")]
    [InlineData(Head + Run + "  env:\n    - name: A\n      value:\n", 11, 7, "run.env[0].value", "has no value; write '' for an empty one")]
    [InlineData(Head + Run + "  env:\n    - value: A\n", 10, 7, "run.env[0].name", "is required")]
    [InlineData(Head + Run + "  env:\n    - name: A\n      value: {b: c}\n", 11, 14, "run.env[0].value", "must be a string")]
    [InlineData(Head + Run + "  env:\n    - name: A=\n      value: b\n", 10, 13, "run.env[0].name", "must not contain '='")]
    [InlineData(Head + Run + "  env:\n    - name: ''\n      value: b\n", 10, 7, "run.env[0]", "a name of 0 characters")]
    [InlineData(Head + Run + "  env:\n    - {name: A, value: b}\n    - {name: A, value: c}\n", 11, 14, "run.env[1].name", "given twice, first on line 10")]
    [InlineData(Head + Run + "  env:\n    - {name: A, value-from: b}\n", 10, 7, "run.env[0].value", "is required")]
    [InlineData(Head + Run + "  secrets:\n    - name: A\n      value_from: b\n", 11, 7, "run.secrets[0].value_from", "Did you mean \"value-from\"?")]
    [InlineData(Head + Run + "  secrets:\n    - name: A\n      value-from: hunter2 with blanks\n", 11, 19, "run.secrets[0].value-from", "put plain values in run.env")]
    [InlineData(Head + Run + "  secrets:\n    - name: A\n      value-from: arn:aws:s3:::bucket\n", 11, 19, "run.secrets[0].value-from", "must be the ARN")]
    [InlineData(Head + Run + "  secrets:\n    - name: A\n      value-from: ''\n", 10, 7, "run.secrets[0]", "a value of 0 characters")]
    [InlineData(Head + Run + "  env:\n    - {name: A, value: b}\n  secrets:\n    - {name: A, value-from: c}\n", 12, 5, "run.secrets", "1 name(s) that are also in run.env")]
    public void A_problem_has_its_line_column_and_path(string text, int line, int column, string path, string message)
    {
        var (file, problems) = SourceFileTests.Read(text);
        file.ShouldBeNull();
        var problem = problems.FirstOrDefault(found => found.Path == path).ShouldNotBeNull(string.Join("\n", problems.Select(found => found.ToString())));
        problem.Severity.ShouldBe(ProblemSeverity.Error);
        problem.Message.ShouldContain(message);
        (problem.Line, problem.Column).ShouldBe((line, column));
        problem.ToString().ShouldStartWith($"apprunner.yaml({line},{column}): {path}: ");
    }

    [Theory]
    [InlineData("version: 2.0\nruntime: python311\n" + Build + Run, 1, 10, "version", "is not a known version", ProblemSeverity.UnknownValue)]
    [InlineData("version: 1.0\nruntime: python312\n" + Build + Run, 2, 10, "runtime", "Did you mean \"python311\"?", ProblemSeverity.UnknownValue)]
    [InlineData("version: 1.0\nruntime: PYTHON_311\n" + Build + Run, 2, 10, "runtime", "Did you mean \"python311\"?", ProblemSeverity.UnknownValue)]
    [InlineData("version: 1.0\nruntime: cobol\n" + Build + Run, 2, 10, "runtime", "is not a known runtime (python3, ", ProblemSeverity.UnknownValue)]
    [InlineData("version: 1.0\nruntime: nodejs18\n" + Build + Run, 2, 10, "runtime", "end of support", ProblemSeverity.Warning)]
    [InlineData("version: 1.0\nruntime: corretto11\n" + Build + Run + "  pre-run:\n    - a\n", 10, 5, "run.pre-run", "original build", ProblemSeverity.Warning)]
    [InlineData(Head + Run + "  runtime-version: 3.10\n", 9, 20, "run.runtime-version", "drops the trailing 0", ProblemSeverity.Warning)]
    [InlineData(Head + Run + "  runtime-version: newest\n", 9, 20, "run.runtime-version", "is not a valid version", ProblemSeverity.UnknownValue)]
    [InlineData(Head + Run + "  env:\n    - {name: AWSAPPRUNNER_X, value: b}\n", 10, 7, "run.env[0]", "reserved", ProblemSeverity.Warning)]
    [InlineData(Head + Run + "  env:\n    - {name: PORT, value: 3000}\n", 10, 5, "run.env", "other than 8080", ProblemSeverity.Warning)]
    [InlineData(Head + Run + "  network: {env: A}\n  env:\n    - {name: A, value: b}\n", 9, 18, "run.network.env", "of run.env", ProblemSeverity.Warning)]
    public void A_value_that_App_Runner_may_accept_is_a_warning(string text, int line, int column, string path, string message, ProblemSeverity severity)
    {
        var (file, problems) = SourceFileTests.Read(text);
        file.ShouldNotBeNull();
        var problem = problems.ShouldHaveSingleItem();
        problem.Message.ShouldContain(message);
        (problem.Line, problem.Column, problem.Path, problem.Severity).ShouldBe((line, column, path, severity));
    }

    [Theory]
    [InlineData("runtime-version: '3.10'")]
    [InlineData("runtime-version: 3.11")]
    [InlineData("runtime-version: 3.11.0")]
    [InlineData("runtime-version: 3")]
    [InlineData("network: {port: '8081'}\n  env: [{name: PORT, value: 8081}]")]
    public void A_valid_setting_has_no_problem(string line) => SourceFileTests.Read(Head + Run + "  " + line + "\n").Problems.ShouldBeEmpty();

    [Fact]
    public void All_problems_are_reported_at_once_in_line_order()
    {
        var (_, problems) = SourceFileTests.Read("run:\n  comand: a\n  network:\n    port: 0\nbuild:\n  commands: []\nversion: x\n");
        problems.Select(problem => problem.Path).ShouldBe(["runtime", "run.comand", "run.command", "run.network.port", "build.commands", "version"], ignoreOrder: true);
        problems.Select(problem => problem.Line).ShouldBeInOrder();
    }

    [Fact]
    public void The_number_of_reported_problems_is_limited()
    {
        var (_, problems) = SourceFileTests.Read(string.Concat(Enumerable.Range(0, 1000).Select(i => $"key{i}: 1\n")));
        problems.Length.ShouldBe(101);
        problems[^1].Message.ShouldContain("More than 100");
    }

    [Fact]
    public void No_problem_shows_a_value_that_may_be_a_secret()
    {
        var (_, problems) = SourceFileTests.Read(Head + Run + """
              env:
                - name: A
                  value: [hunter2]
                - hunter2
                - name: PORT
                  value: hunter2
              secrets:
                - name: A
                  value-from: hunter2 is plain
              pre-run: hunter2
            """);
        problems.Length.ShouldBeGreaterThan(4);
        problems.ShouldAllBe(problem => !problem.ToString().Contains("hunter2"));
    }

    [Fact]
    public void A_path_is_one_short_line()
    {
        var (_, problems) = SourceFileTests.Read($"\"a\\nb\": 1\n{new string('k', 500)}: 1\n");
        problems.ShouldContain(problem => problem.Path == "a b");
        problems.ShouldAllBe(problem => problem.ToString().Length < 300 && !problem.ToString().Contains('\n', StringComparison.Ordinal));
    }
}
