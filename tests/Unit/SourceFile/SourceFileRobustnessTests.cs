using System;
using System.IO;
using System.Linq;
using System.Text;
using AppRunner.Model.Rules;
using AppRunner.SourceFile;
using CsCheck;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.SourceFile;

public sealed class SourceFileRobustnessTests
{
    private const string Sample = """
        version: 1.0
        runtime: python311
        build:
          commands:
            build: [&make "make all", 'x: y']
          env: &env
            - name: A
              value: |
                two
                lines
        run:
          command: >-
            *not an alias
          network: {port: 80, env: P}
          env: *env
          secrets:
            - {name: S, value-from: "arn:aws:ssm:eu-west-1:123456789012:parameter/x"}
        """;

    // YAML's syntax characters, and keys of the format.
    private static readonly string[] Pieces =
    [
        "version", "runtime", "build", "commands", "run", "env", "name", "value", "secrets", "network", "port", "1.0", "python311", ":", ": ", "- ", "-", "? ",
        "\n", "\r\n", "  ", "    ", "\t", " ", "[", "]", "{", "}", ",", "&a", "*a", "&b ", "*b ", "!", "!!", "!!str ", "!<x> ", "|", "|2\n", ">", "'", "\"", "\\", "\\x", "#", "%",
        "%YAML 1.2\n", "%TAG ! x\n", "---\n", "...\n", "@", "`", "<<: ", "~", "null", "\u0085", "\u2028", "\uFEFF", "\0", "\u001b", "\ud800", "é", "😀",
    ];

    [Fact]
    public void Random_text_never_throws() => Gen.String.Sample(Holds, iter: 500);

    [Fact]
    public void Random_YAML_tokens_never_throw() =>
        Gen.OneOf(Pieces).Array[0, 60].Select(string.Concat).Sample(Holds, iter: 500);

    [Fact]
    public void A_random_edit_of_a_valid_file_never_throws() =>
        Gen.Select(Gen.Int[0, Sample.Length], Gen.Int[0, 30], Gen.OneOf(Pieces))
            .Select((at, cut, piece) => Sample[..at] + piece + Sample[Math.Min(Sample.Length, at + cut)..])
            .Sample(Holds, iter: 500);

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 200].Sample(bytes => InFile(bytes, path => new SourceFileReader().ReadFile(path).Problems.ShouldNotBeEmpty()), iter: 500);

    [Fact]
    public void Every_valid_file_is_read_as_it_was_written()
    {
        var word = Gen.String[Gen.Char[' ', '~'], 1, 30].Where(text => text.Trim().Length > 0);
        var name = Gen.String[Gen.Char['A', 'Z'], 1, 8];
        Gen.Select(word.Array[1, 4], word, Gen.Int[1, 65535], Gen.Select(name, word).Array[0, 5]).Sample((build, command, port, variables) =>
        {
            variables = variables.DistinctBy(variable => variable.Item1).ToArray();
            var text = $"version: 1.0\nruntime: go1\nbuild:\n  commands:\n    build:\n{string.Concat(build.Select(line => $"    - {Quoted(line)}\n"))}"
                + $"run:\n  command: {Quoted(command)}\n  network:\n    port: {port}\n  env:\n{string.Concat(variables.Select(variable => $"  - name: {Quoted(variable.Item1)}\n    value: {Quoted(variable.Item2)}\n"))}";
            var file = SourceFileTests.Read(text).File.ShouldNotBeNull(text);
            file.Build.Build.ShouldBe(build);
            file.Run.Command.ShouldBe(command);
            file.Run.Port.ShouldBe(port);
            file.Run.EnvironmentVariables.ShouldBe(variables.ToDictionary(variable => variable.Item1, variable => variable.Item2));
        });
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Nesting_that_is_too_deep_is_refused(string opening)
    {
        var (file, problems) = SourceFileTests.Read(string.Concat(Enumerable.Repeat(opening, 100_000)));
        file.ShouldBeNull();
        problems.ShouldHaveSingleItem().Message.ShouldContain("nested deeper than 32 levels");
    }

    [Fact]
    public void Nested_YAML_aliases_are_not_expanded()
    {
        // Nine levels of nine aliases: 387 million entries if they were expanded.
        var text = new StringBuilder("version: 1.0\nruntime: go1\na0: &a0 [x]\n");
        for (var level = 1; level <= 9; level++)
            text.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9))}]\n");
        text.Append("build: {commands: {build: *a9}}\nrun: {command: *a9}\n");
        var (file, problems) = SourceFileTests.Read(text.ToString());
        file.ShouldBeNull();
        problems.ShouldContain(problem => problem.Path == "run.command");
        problems.Count(problem => problem.Path.StartsWith("build.commands.build[", StringComparison.Ordinal)).ShouldBe(9);
    }

    [Fact]
    public void Text_over_the_size_limit_is_refused_and_text_at_the_limit_is_read()
    {
        var room = Model.SourceFile.MaximumLength - Sample.Length - 2;
        SourceFileTests.Read(Sample + "\n#" + new string('x', room)).File.ShouldNotBeNull();
        var (file, problems) = SourceFileTests.Read(Sample + "\n#" + new string('x', room + 1));
        file.ShouldBeNull();
        problems.ShouldHaveSingleItem().Message.ShouldBe("is larger than 1024 KiB.");
    }

    [Fact]
    public void A_file_over_the_size_limit_is_refused() => InFile(new byte[Model.SourceFile.MaximumLength + 1], path =>
        new SourceFileReader().ReadFile(path).Problems.ShouldHaveSingleItem().Message.ShouldBe("is larger than 1024 KiB."));

    [Fact]
    public void A_file_is_UTF8_with_or_without_a_byte_order_mark()
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(Sample), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Sample)] })
            InFile(bytes, path => new SourceFileReader().ReadFile(path).File.ShouldNotBeNull());
    }

    [Fact]
    public void Malformed_UTF8_is_an_error_with_its_position() => InFile([.. "version: 1.0\nruntime: caf"u8, 0xE9, (byte)'\n'], path =>
    {
        var problem = new SourceFileReader().ReadFile(path).Problems.ShouldHaveSingleItem();
        (problem.File, problem.Line, problem.Column, problem.Message).ShouldBe((path, 2, 13, "is not UTF-8 text."));
    });

    [Fact]
    public void A_missing_file_throws_IOException() =>
        Should.Throw<IOException>(() => new SourceFileReader().ReadFile(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static void InFile(byte[] bytes, Action<string> act)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            act(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // There is either a file or an error, and every problem's position is within the text.
    private static void Holds(string text)
    {
        var (file, problems) = SourceFileTests.Read(text);
        problems.Any(problem => problem.Severity == ProblemSeverity.Error).ShouldBe(file is null);
        var lines = text.Split('\n', '\r', '\u0085', '\u2028', '\u2029').Length + 1;
        problems.ShouldAllBe(problem => problem.Line >= 1 && problem.Line <= lines && problem.Column >= 1 && problem.Message.Length > 0);
    }
}
