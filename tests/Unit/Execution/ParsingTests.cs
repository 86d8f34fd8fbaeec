using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using AppRunner.LocalEndpoint.Execution;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

public class ParsingTests
{
    [Theory]
    [InlineData("node server.js", new[] { "node", "server.js" })]
    [InlineData("  a   'b c' \"d 'e'\" f\\ g '' ", new[] { "a", "b c", "d 'e'", "f g", "" })]
    [InlineData("a\"b c\"d 'x\\y'", new[] { "ab cd", "x\\y" })]
    [InlineData("", new string[0])]
    public void A_command_without_shell_is_split_at_white_space_outside_quotes(string command, string[] arguments) => CommandLine.Split(command).ShouldBe(arguments);

    [Theory]
    [InlineData("node 'server.js")]
    [InlineData("node \"it's")]
    [InlineData("echo '\\'' x")]
    public void A_start_command_with_a_quote_that_is_not_closed_is_an_error(string command) =>
        Should.Throw<DeploymentException>(() => CommandLine.Split(command)).Message.ShouldBe($"The start command has an opening quote ({(command.Contains('"') ? '"' : '\'')}) without a closing one.");

    [Theory]
    [InlineData("GREETING", true)]
    [InlineData("_x1", true)]
    [InlineData("ContainerPort", false)]
    [InlineData("DOCKER_HOST", false)]
    [InlineData("STORAGE_DRIVER", false)]
    [InlineData("STORAGE_KEY", true)]
    [InlineData("XDG_DATA_HOME", false)]
    [InlineData("LD_PRELOAD", false)]
    [InlineData("https_proxy", false)]
    [InlineData("PATH", false)]
    [InlineData("PWD", false)]
    [InlineData("spring.datasource.url", false)]
    [InlineData("MY-VAR", false)]
    [InlineData("MY*", false)]
    [InlineData("1x", false)]
    [InlineData("", false)]
    public void A_variable_is_passed_through_the_client_environment_unless_it_configures_the_client(string name, bool free) => ContainerVariables.CanPassThroughEngine(name).ShouldBe(free);

    [Theory]
    [InlineData("arn:aws:secretsmanager:us-east-1:1:secret:db-AbCdEf", "whole")]
    [InlineData("arn:aws:secretsmanager:us-east-1:1:secret:db-AbCdEf:key::", null)]
    [InlineData("arn:aws:secretsmanager:us-east-1:1:secret:json-AbCdEf:user::", "me")]
    [InlineData("arn:aws:secretsmanager:us-east-1:1:secret:json-AbCdEf:age::", "7")]
    [InlineData("arn:aws:secretsmanager:us-east-1:1:secret:json-AbCdEf:none::", null)]
    [InlineData("arn:aws:secretsmanager:us-east-1:1:secret:other-AbCdEf", null)]
    [InlineData("arn:aws:ssm:us-east-1:1:parameter/app/level", "9")]
    [InlineData("/app/level", "9")]
    [InlineData("app/level", "9")]
    [InlineData("plain", "p")]
    [InlineData("/plain", "p")]
    [InlineData("nothing", null)]
    public void A_secret_is_found_by_ARN_or_name(string reference, string? value)
    {
        var secrets = new SecretValues(new Dictionary<string, string>
        {
            ["arn:aws:secretsmanager:us-east-1:1:secret:db-AbCdEf"] = "whole",
            ["json"] = """{"user":"me","age":7}""",
            ["/app/level"] = "9",
            ["plain"] = "p",
        });
        var references = new Dictionary<string, string> { ["X"] = reference };
        if (value is null)
            Should.Throw<DeploymentException>(() => secrets.Resolve(references)).Message.ShouldContain("variable \"X\"");
        else
            secrets.Resolve(references)["X"].ShouldBe(value);
    }

    [Fact]
    public void A_secret_value_in_place_of_a_reference_is_not_in_the_message() =>
        Should.Throw<DeploymentException>(() => new SecretValues([]).Resolve(new Dictionary<string, string> { ["X"] = "hunter2" })).Message.ShouldNotContain("hunter2");

    [Theory]
    [InlineData("main")]
    [InlineData("feature/x-1_y")]
    [InlineData("über")]
    public void A_valid_branch_name_is_accepted(string name) => BranchName.Reference(name).ShouldBe("refs/heads/" + name);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a..b")]
    [InlineData("a*")]
    [InlineData("a@{1}")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a/.b")]
    [InlineData("a.lock")]
    [InlineData("a\nb")]
    public void An_invalid_branch_name_is_rejected(string? name) => Should.Throw<DeploymentException>(() => BranchName.Reference(name));

    [Fact]
    public void The_display_address_has_no_password()
    {
        var location = RepositoryLocation.Parse("https://me:secret@example.com/app.git");
        location.Address.ShouldBe("https://me:secret@example.com/app.git");
        location.DisplayAddress.ShouldBe("https://example.com/app.git");
        (location.Protocol, location.IsLocal).ShouldBe(("https", false));
    }

    [Fact]
    public void A_folder_can_be_a_path_or_a_file_URL()
    {
        var folder = Path.GetTempPath();
        RepositoryLocation.Parse(folder).Address.ShouldBe(Path.GetFullPath(folder));
        RepositoryLocation.Parse(new System.Uri(folder).AbsoluteUri).Address.ShouldBe(Path.GetFullPath(folder));
    }

    [Theory]
    [InlineData("/a/b", "/a", true)]
    [InlineData("/a", "/a", true)]
    [InlineData("/ab", "/a", false)]
    [InlineData("/", "/a", false)]
    public void IsInside_compares_whole_path_segments(string path, string folder, bool inside) =>
        RealPath.IsInside(path.Replace('/', Path.DirectorySeparatorChar), folder.Replace('/', Path.DirectorySeparatorChar)).ShouldBe(inside);

    [Theory]
    [InlineData("npm ci", "set /p _=&chcp 65001 >nul&npm ci")]
    [InlineData("npm ci\n\nnpm test\r\n", "set /p _=&chcp 65001 >nul&npm ci&&npm test")]
    [InlineData("\n  a\n \n\tb", "set /p _=&chcp 65001 >nul&a&&b")]
    public void A_build_command_for_Windows_is_one_line_with_UTF8_output(string command, string line) =>
        WindowsProcessTree.ShellArguments(command).ShouldBe($"/d /e:on /v:off /s /c \"{line}\"");

    [Theory]
    [InlineData("a b", "'a b'")]
    [InlineData("", "''")]
    [InlineData("say \"hi\"&exit", @"'say '\^''hi'\^''&exit'")]
    [InlineData("\"", @"\^'")]
    [InlineData(@"C:\dir\", @"'C:\dir\\'")]
    [InlineData("a\\\"b", @"'a\\'\^''b'")]
    [InlineData("100% of %PATH%", "'100%APPRUNNER_PERCENT_SIGN% of %APPRUNNER_PERCENT_SIGN%PATH%APPRUNNER_PERCENT_SIGN%'")]
    [InlineData(@"a\%b^c", @"'a\%APPRUNNER_PERCENT_SIGN%b^c'")]
    public void An_argument_for_cmd_is_quoted(string argument, string quoted) => CommandLine.QuoteForCmd(argument).ShouldBe(quoted.Replace('\'', '"'));

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    public void An_argument_for_cmd_with_a_line_break_is_an_error(string argument) => Should.Throw<DeploymentException>(() => CommandLine.QuoteForCmd(argument)).Message.ShouldContain("line break");

    [Fact]
    public void Arguments_for_cmd_arrive_by_the_rules_of_cmd_and_of_the_program()
    {
        const string Characters = "a \"%^&|<>()!\\:=~,;'*";
        var random = new System.Random(1);
        for (var run = 0; run < 20_000; run++)
        {
            var arguments = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => new string(random.GetItems<char>(Characters, random.Next(9)))).ToArray();
            var line = string.Join(' ', arguments.Select(CommandLine.QuoteForCmd));
            ArgumentsOf(ReadByCmd(line)).SequenceEqual(arguments).ShouldBeTrue(line);
        }
    }

    // What cmd.exe makes of a line that is not in a batch file: variables are replaced first, also in quotes; the value is not looked at again, and
    // the name of an unknown variable stays. Then a caret outside of quotes makes the next character a plain one.
    private static string ReadByCmd(string line)
    {
        var variables = new Dictionary<string, string> { [CommandLine.PercentVariable] = "%", ["^"] = "?", ["a"] = "?", [string.Empty] = "?", ["\""] = "?", ["\"^"] = "?", ["a\"^"] = "?" };
        var replaced = new StringBuilder();
        for (var at = 0; at < line.Length; at++)
        {
            var end = line[at] == '%' ? line.IndexOf('%', at + 1) : -1;
            if (end >= 0 && variables.TryGetValue(line[(at + 1)..end].Split(':')[0], out var value))
            {
                replaced.Append(value);
                at = end;
            }
            else
            {
                replaced.Append(line[at]);
            }
        }

        var read = new StringBuilder();
        var isQuoted = false;
        for (var at = 0; at < replaced.Length; at++)
        {
            if (replaced[at] == '^' && !isQuoted)
                at++;
            else if (replaced[at] == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted)
                "&|<>()".Contains(replaced[at]).ShouldBeFalse(line);
            read.Append(replaced[at]);
        }

        isQuoted.ShouldBeFalse(line);
        return read.ToString();
    }

    // What the runtime of C makes of a command line.
    private static List<string> ArgumentsOf(string line)
    {
        List<string> arguments = [];
        var word = new StringBuilder();
        var (isQuoted, hasWord) = (false, false);
        for (var at = 0; at <= line.Length; at++)
        {
            var backslashes = 0;
            for (; at < line.Length && line[at] == '\\'; at++)
                backslashes++;
            var isQuote = at < line.Length && line[at] == '"';
            word.Append('\\', isQuote ? backslashes / 2 : backslashes);
            hasWord |= isQuote || backslashes > 0;
            if (isQuote && backslashes % 2 == 1)
            {
                word.Append('"');
            }
            else if (isQuote)
            {
                isQuoted = !isQuoted;
            }
            else if (at == line.Length || (line[at] == ' ' && !isQuoted))
            {
                if (hasWord)
                    arguments.Add(word.ToString());
                word.Clear();
                hasWord = false;
            }
            else
            {
                word.Append(line[at]);
                hasWord = true;
            }
        }

        return arguments;
    }
}
