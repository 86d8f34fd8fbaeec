using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

public sealed class EnvironmentFileTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("apprunner-tests-");

    public EnvironmentFileTests()
    {
        session["folder"] = folder.FullName;
        session["image"] = Session.Image;
        Write("a.env", "# comment\nexport A=1\nB=\"two words\"\nURL=x;y=$HOME\nEMPTY=\n");
        Write("b.env", "B=3\r\nC=4");
    }

    public void Dispose()
    {
        session.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Later_files_win_and_EnvironmentVariable_wins_over_files()
    {
        Variables("New-ARService web-1 $image -EnvironmentFile $folder/a.env, $folder/b.env -EnvironmentVariable @{ C = 'own'; D = '5' }")
            .ShouldBe(["A=1", "B=3", "C=own", "D=5", "EMPTY=", "URL=x;y=$HOME"]);
    }

    [Fact]
    public void A_line_with_a_semicolon_is_one_variable()
    {
        Write("one.env", "LIST=a;b");

        Variables("New-ARService web-1 $image -EnvironmentFile $folder/one.env").ShouldBe(["LIST=a;b"]);
    }

    [Fact]
    public void Files_replace_the_variables_of_a_definition_and_of_a_service()
    {
        Variables("@{ ServiceName = 'web-1'; ImageIdentifier = $image; EnvironmentVariable = @{ OLD = 'x' } } | New-ARService -EnvironmentFile $folder/b.env").ShouldBe(["B=3", "C=4"]);
        Variables("Update-ARService web-1 -EnvironmentFile $folder/a.env -EnvironmentVariable @{ A = '2' } -Wait -PollInterval 0.02 -WarningAction SilentlyContinue").ShouldBe(["A=2", "B=two words", "EMPTY=", "URL=x;y=$HOME"]);
    }

    [Fact]
    public void A_line_without_a_value_is_an_error_with_file_and_line()
    {
        Write("bad.env", "A=1\nsesame\n\nB C=2\n");

        var result = session.Run("New-ARService web-1 $image -EnvironmentFile $folder/a.env, $folder/bad.env");

        var message = result.ErrorWith("InvalidParameter").ToString();
        message.ShouldContain(Path.Combine(folder.FullName, "bad.env") + "(2): The line must be NAME=value.");
        message.ShouldContain("bad.env(4): ");
        message.ShouldNotContain("sesame");
        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("New-ARService web-1 $image -EnvironmentFile $folder/none.env")]
    [InlineData("'web-1' | Update-ARService -EnvironmentFile $folder/none.env")]
    [InlineData("New-ARService web-1 $image -EnvironmentFile nodrive:/x.env")]
    public void A_missing_file_ends_the_command(string script)
    {
        session.Run(script).ErrorWith("InvalidParameter").ToString().ShouldContain("EnvironmentFile: '");

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    private IEnumerable<string> Variables(string script) =>
        session.Run(script).Service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.RuntimeEnvironmentVariables!.Select(pair => pair.Key + "=" + pair.Value).Order(StringComparer.Ordinal);

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(folder.FullName, name), content);
}
