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
    [InlineData("version: 1.0\nruntime: python3\n  build:\n", 3, 3, "\"build\" is indented by 2 spaces, but \"runtime\" above it by 0.")]
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
    [InlineData(Head + "run:\n  command: a\n  port: 80\n", 9, 3, "run.port", "It belongs into \"run.network\".")]
    [InlineData(Head + Run + "env: []\n", 9, 1, "env", "It belongs into \"run\" or into \"build\".")]
    [InlineData(Head + "run:\n  command: a\n  runtime: x\n", 9, 3, "run.runtime", "It belongs to the top level.")]
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
    [InlineData(Head + Run + "  env:\n    - {name: A, value-from: b}\n", 10, 17, "run.env[0].value-from", "It belongs into \"run.secrets\".")]
    [InlineData(Head + Run + "  secrets:\n    - name: A\n      value_from: b\n", 11, 7, "run.secrets[0].value_from", "Did you mean \"value-from\"?")]
    [InlineData(Head + Run + "  secrets:\n    - name: A\n      value-from: hunter2 with blanks\n", 11, 19, "run.secrets[0].value-from", "put plain values in run.env")]
    [InlineData(Head + Run + "  secrets:\n    - name: A\n      value-from: arn:aws:s3:::bucket\n", 11, 19, "run.secrets[0].value-from", "must be the ARN")]
    [InlineData(Head + Run + "  secrets:\n    - name: A\n      value-from: ''\n", 10, 7, "run.secrets[0]", "a value of 0 characters")]
    [InlineData(Head + Run + "  env:\n    - {name: A, value: b}\n  secrets:\n    - {name: A, value-from: c}\n", 12, 14, "run.secrets[0].name", "is also the name of a variable in run.env")]
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
    [InlineData("version: 1.0\nruntime: nodejs22\n" + Build + Run + "  runtime-version: 22.10\n", 9, 20, "run.runtime-version", "drops the trailing 0", ProblemSeverity.Warning)]
    [InlineData(Head + Run + "  runtime-version: newest\n", 9, 20, "run.runtime-version", "is not a valid version", ProblemSeverity.UnknownValue)]
    [InlineData(Head + Run + "  env:\n    - {name: AWSAPPRUNNER_X, value: b}\n", 10, 7, "run.env[0]", "reserved", ProblemSeverity.Warning)]
    [InlineData(Head + Run + "  env:\n    - {name: PORT, value: 3000}\n", 10, 14, "run.env[0]", "other than 8080", ProblemSeverity.Warning)]
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
    [InlineData("runtime-version: '3.11'")]
    [InlineData("runtime-version: 3.11")]
    [InlineData("runtime-version: 3.11.0")]
    [InlineData("runtime-version: 3")]
    [InlineData("network: {port: '8081'}\n  env: [{name: PORT, value: 8081}]")]
    public void A_valid_setting_has_no_problem(string line) => SourceFileTests.Read(Head + Run + "  " + line + "\n").Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("run:\n  start-command: a\n", "run.start-command", "Did you mean \"command\"?")]
    [InlineData("run:\n  StartCommand: a\n", "run.StartCommand", "Did you mean \"command\"?")]
    [InlineData("run:\n  cmd: a\n", "run.cmd", "Did you mean \"command\"?")]
    [InlineData("run:\n  entrypoint: a\n", "run.entrypoint", "Did you mean \"command\"?")]
    [InlineData(Run + "  environment: []\n", "run.environment", "Did you mean \"env\"?")]
    [InlineData(Run + "  environment-variables: []\n", "run.environment-variables", "Did you mean \"env\"?")]
    [InlineData(Run + "  variables: []\n", "run.variables", "Did you mean \"env\"?")]
    [InlineData(Run + "  version: 3.11\n", "run.version", "Did you mean \"runtime-version\"?")]
    [InlineData(Run + "  python-version: 3.11\n", "run.python-version", "Did you mean \"runtime-version\"?")]
    [InlineData(Run + "  network: {container-port: 80}\n", "run.network.container-port", "Did you mean \"port\"?")]
    [InlineData(Run + "  env:\n    - {key: A, value: b}\n", "run.env[0].key", "Did you mean \"name\"?")]
    [InlineData(Run + "  secrets:\n    - {name: A, valueFrom: b}\n", "run.secrets[0].valueFrom", "Did you mean \"value-from\"?")]
    [InlineData(Run + "  secrets:\n    - {name: A, value: b}\n", "run.secrets[0].value", "It belongs into \"run.env\".")]
    [InlineData(Run + "start-command: a\n", "start-command", "Did you mean \"command\"? It belongs into \"run\".")]
    [InlineData(Run + "command: a\n", "command", "It belongs into \"run\".")]
    [InlineData(Run + "port: 80\n", "port", "It belongs into \"run.network\".")]
    [InlineData(Run + "secrets: []\n", "secrets", "It belongs into \"run\".")]
    [InlineData(Run + "pre_build: []\n", "pre_build", "Did you mean \"pre-build\"? It belongs into \"build.commands\".")]
    [InlineData(Run + "runtime_version: 3.11\n", "runtime_version", "Did you mean \"runtime-version\"? It belongs into \"run\".")]
    [InlineData(Run + "health-check: {path: /}\n", "health-check", "It is set on the service (HealthCheckConfiguration), not in apprunner.yaml.")]
    [InlineData(Run + "  cpu: 1\n", "run.cpu", "It is set on the service (InstanceConfiguration), not in apprunner.yaml.")]
    public void An_unknown_key_is_reported_with_a_suggestion(string run, string path, string message)
    {
        var problem = SourceFileTests.Read(Head + run).Problems.ShouldHaveSingleItem();
        problem.Path.ShouldBe(path);
        problem.Message.ShouldEndWith(message);
    }

    [Fact]
    public void No_key_is_hinted_towards_secrets_that_is_not_about_secrets()
    {
        foreach (var key in new[] { "environment", "env-vars", "vars", "config", "settings", "parameters", "sets", "envs", "values" })
            SourceFileTests.Read(Head + Run + $"  {key}: []\n").Problems.ShouldHaveSingleItem().Message.ShouldNotContain("Did you mean \"secrets\"", customMessage: key);
    }

    [Theory]
    [InlineData("run:\n  command: a\n   network:\n     port: 80\n", 9, 4, "\"network\" is indented by 3 spaces, but \"command\" above it by 2.")]
    [InlineData("run:\n   command: a\n  network:\n    port: 80\n", 9, 3, "\"network\" is indented by 2 spaces, which fits no section above it: the keys of \"run\" by 3, the keys of the top level by 0.")]
    [InlineData("run:\n  command: a\n env: []\n", 9, 2, "\"env\" is indented by 1 space, which fits no section above it: the keys of \"run\" by 2, the keys of the top level by 0.")]
    [InlineData("run:\n  command: a\n  env:\n    - name: A\n       value: b\n", 11, 8, "\"value\" is indented by 7 spaces, but \"name\" above it by 6.")]
    [InlineData("run:\n  command: a\n  env:\n    - name: A\n     value: b\n", 11, 6, "\"value\" is indented by 5 spaces")]
    [InlineData("run:\n  command: a\n  env:\n    - name: A\n    value: b\n", 11, 5, "\"value\" is indented by 4 spaces, like the '-' of its list, but a key of the entry must be indented like the text after the '-', by 6.")]
    [InlineData("run:\n  command: a\n  env:\n    - name: A\n      value: b\n     - name: C\n       value: d\n", 12, 6, "The list entry ('-') is indented by 5 spaces, which fits no section above it: the entries of \"env\" by 4.")]
    [InlineData("run:\n  command: a\n  env:\n    - name: A\n      value: b\n   - name: C\n     value: d\n", 12, 4, "The list entry ('-') is indented by 3 spaces")]
    [InlineData("run:\n  command: a\n  network:\n    port: 80\n   env: []\n", 11, 4, "\"env\" is indented by 3 spaces, which fits no section above it: the keys of \"network\" by 4, the keys of \"run\" by 2, the keys of the top level by 0.")]
    [InlineData("run:\n  command:python app.py\n  network:\n    port: 80\n", 8, 3, "\"command:\" needs a space after the colon.")]
    public void A_wrong_indentation_names_the_key_and_the_indentations(string run, int line, int column, string message)
    {
        var problem = SourceFileTests.Read(Head + run).Problems.ShouldHaveSingleItem();
        problem.Message.ShouldContain(message);
        (problem.Line, problem.Column).ShouldBe((line, column));
    }

    [Theory]
    [InlineData("version: 1.0\nruntime: python311\nbuild:\n  commands:\n    build:\n      - make\n     pre-build:\n      - make\n" + Run, 7, 6, "\"pre-build\" is indented by 5 spaces")]
    [InlineData("version: 1.0\nruntime: python311\nbuild:\n  commands:\n    build:\n      - make\n   pre-build:\n      - make\n" + Run, 7, 4, "\"pre-build\" is indented by 3 spaces, which fits no section above it: the keys of \"commands\" by 4, the keys of \"build\" by 2")]
    public void A_wrong_indentation_of_a_list_is_an_error_at_its_line(string text, int line, int column, string message)
    {
        var problem = SourceFileTests.Read(text).Problems.ShouldHaveSingleItem();
        problem.Message.ShouldContain(message);
        (problem.Line, problem.Column).ShouldBe((line, column));
    }

    [Fact]
    public void An_entry_that_is_indented_too_deep_continues_the_one_above_it_and_is_a_warning()
    {
        var problem = SourceFileTests.Read("version: 1.0\nruntime: python311\nbuild:\n  commands:\n    build:\n      - make\n       - make install\n" + Run).Problems.ShouldHaveSingleItem();
        problem.ToString().ShouldStartWith("apprunner.yaml(6,9): build.commands.build[0]: continues on the lines below it");
        problem.Severity.ShouldBe(ProblemSeverity.Warning);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("Dockerfile")]
    [InlineData("container")]
    public void A_Dockerfile_is_not_a_runtime(string runtime)
    {
        var problem = SourceFileTests.Read($"version: 1.0\nruntime: {runtime}\n" + Build + Run).Problems.ShouldHaveSingleItem();
        problem.ToString().ShouldBe($"apprunner.yaml(2,10): runtime: '{runtime}' is not a runtime: App Runner builds no Dockerfile. Build the image, push it to Amazon ECR and use ImageRepository.");
        problem.Severity.ShouldBe(ProblemSeverity.Error);
    }

    [Theory]
    [InlineData("python3", "python3 is past its end of support")]
    [InlineData("nodejs18", "nodejs18 is past its end of support")]
    public void A_runtime_is_named_as_in_the_file(string runtime, string message) =>
        SourceFileTests.Read($"version: 1.0\nruntime: {runtime}\n" + Build + Run).Problems.ShouldHaveSingleItem().Message.ShouldStartWith(message);

    [Theory]
    [InlineData("python311", "3.9", "3.11")]
    [InlineData("python311", "'3.10'", "3.11")]
    [InlineData("nodejs22", "20.x", "22")]
    [InlineData("nodejs22", "18", "22")]
    [InlineData("corretto11", "17", "11")]
    [InlineData("corretto8", "11.0.2", "8")]
    [InlineData("php81", "8.2", "8.1")]
    public void A_version_of_another_runtime_is_an_error(string runtime, string version, string expected)
    {
        var problem = SourceFileTests.Read($"version: 1.0\nruntime: {runtime}\n" + Build + Run + $"  runtime-version: {version}\n").Problems.ShouldHaveSingleItem();
        problem.ToString().ShouldBe($"apprunner.yaml(9,20): run.runtime-version: '{version.Trim('\'')}' is not a version of {runtime}, whose versions begin with {expected}.");
        problem.Severity.ShouldBe(ProblemSeverity.Error);
    }

    [Theory]
    [InlineData("python311", "pip install -r requirements.txt", "pip")]
    [InlineData("python311", "pip3.11 install flask", "pip")]
    [InlineData("python311", "python -m pip install --upgrade pip", "pip")]
    [InlineData("python311", "cd app; poetry install --no-root", "poetry")]
    [InlineData("python311", "pipenv install --system", "pipenv")]
    [InlineData("nodejs22", "npm install -g pm2", "npm")]
    [InlineData("nodejs22", "yum install -y git", "yum")]
    [InlineData("python311", "pip install -t lib -r requirements.txt", null)]
    [InlineData("python311", "python -m venv venv && venv/bin/pip install -r requirements.txt", null)]
    [InlineData("python3", "pip install -r requirements.txt", null)]
    [InlineData("nodejs22", "npm ci", null)]
    [InlineData("nodejs22", "npm install", null)]
    public void Packages_that_the_revised_build_leaves_behind_are_a_warning(string runtime, string command, string? tool)
    {
        var text = $"version: 1.0\nruntime: {runtime}\nbuild:\n  commands:\n    build:\n      - {command}\n" + Run;
        var problems = SourceFileTests.Read(text).Problems.Where(problem => problem.Path != "runtime").ToArray();
        if (tool is null)
        {
            problems.ShouldBeEmpty();
            return;
        }

        problems.ShouldHaveSingleItem().ToString().ShouldStartWith($"apprunner.yaml(6,9): build.commands.build[0]: installs packages by {tool} outside of the source directory");
        problems[0].Severity.ShouldBe(ProblemSeverity.Warning);
        SourceFileTests.Read(text + $"  pre-run:\n    - {command}\n").Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("command: |\n    first\n    second\n", ProblemSeverity.Error, "must be on one line")]
    [InlineData("command: npm run migrate && npm start\n", ProblemSeverity.Warning, "uses '&&', but App Runner starts the command without a shell. Use sh -c '…'")]
    [InlineData("command: gunicorn app --bind :$PORT\n", ProblemSeverity.Warning, "uses '$'")]
    public void The_command_of_the_run_has_the_rules_of_StartCommand(string command, ProblemSeverity severity, string message)
    {
        var problem = SourceFileTests.Read(Head + "run:\n  " + command).Problems.ShouldHaveSingleItem();
        problem.ToString().ShouldStartWith("apprunner.yaml(8,12): run.command: " + message);
        problem.Severity.ShouldBe(severity);
    }

    [Theory]
    [InlineData("command: |\n    python app.py\n")]
    [InlineData("command: >\n    python\n    app.py\n")]
    [InlineData("command: sh -c 'npm run migrate && npm start'\n")]
    public void A_command_on_one_line_without_shell_syntax_is_accepted(string command) => SourceFileTests.Read(Head + "run:\n  " + command).Problems.ShouldBeEmpty();

    [Fact]
    public void Only_the_mistake_is_reported_for_a_secret_in_env()
    {
        var problem = SourceFileTests.Read(Head + Run + "  env:\n    - name: PORT\n      value-from: /x\n").Problems.ShouldHaveSingleItem();
        problem.ToString().ShouldBe("apprunner.yaml(11,7): run.env[0].value-from: is not a key of this section. It belongs into \"run.secrets\".");
    }

    [Theory]
    [InlineData("{{resolve:secretsmanager:db:SecretString:password}}")]
    [InlineData("x-${AWS::AccountId}")]
    public void A_value_that_App_Runner_does_not_resolve_is_a_warning(string value)
    {
        var problem = SourceFileTests.Read(Head + Run + $"  env:\n    - name: DB\n      value: '{value}'\n").Problems.ShouldHaveSingleItem();
        problem.Severity.ShouldBe(ProblemSeverity.Warning);
        problem.Message.ShouldEndWith("for a secret or parameter use run.secrets.");
    }

    [Fact]
    public void All_problems_are_reported_at_once_in_line_order()
    {
        var (_, problems) = SourceFileTests.Read("run:\n  comand: a\n  network:\n    port: 0\nbuild:\n  commands: []\nversion: x\n");
        problems.Select(problem => problem.Path).ShouldBe(["runtime", "run.comand", "run.network.port", "build.commands", "version"], ignoreOrder: true);
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
