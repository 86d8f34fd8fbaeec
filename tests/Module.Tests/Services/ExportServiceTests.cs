using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>Export-ARService: input, files, and what is refused. The formats have their own tests.</summary>
public sealed class ExportServiceTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");
    private readonly string folder = Path.Combine(Path.GetTempPath(), "export-" + Guid.NewGuid().ToString("N"));

    public ExportServiceTests()
    {
        session["folder"] = folder;
        session.NewService("web1", "-Port 81 -EnvironmentVariable @{ LEVEL = 'info'; EMPTY = '' } -Tag @{ team = 'web' }");
    }

    public void Dispose()
    {
        session.Dispose();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("Export-ARService web1 $folder -Format CreateService")]
    [InlineData("'web1' | Export-ARService -Path $folder -Format createservice")]
    [InlineData("Get-ARService web1 | Export-ARService -Path $folder -Format CreateService")]
    [InlineData("Get-ARService | Export-ARService -Path $folder -Format CreateService")]
    [InlineData("(Get-ARService web1).ServiceArn | Export-ARService -Path $folder -Format CreateService")]
    [InlineData("Export-ARService w*1 $folder -Format CreateService")]
    [InlineData("Export-ARService web1, ((Get-ARService web1).ServiceArn) $folder -Format CreateService")]
    public void A_service_of_every_input_is_exported(string script)
    {
        var result = session.Run(script);

        var file = result.All<FileInfo>().ShouldHaveSingleItem();
        file.FullName.ShouldBe(Path.Combine(folder, "web1.create-service.json"));
        result.Warnings.ShouldBeEmpty();
        session.Run($"New-ARService -Path '{file.FullName}' -ServiceName copy | Out-Null; $c = Get-ARService copy; $c.SourceConfiguration.ImageRepository.ImageConfiguration.Port; $c.SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.Count")
            .Output.Select(value => value!.ToString()).ShouldBe(["81", "2"]);
        Directory.GetFileSystemEntries(folder).Length.ShouldBe(1);
    }

    [Fact]
    public void Files_are_readable_by_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has access control lists.");
            return;
        }

        session.Run("Export-ARService web1 $folder -Format CreateService").ShouldBeClean();

        File.GetUnixFileMode(Path.Combine(folder, "web1.create-service.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_wrong_format_is_an_error_with_the_known_ones() =>
        session.Run("Export-ARService web1 $folder -Format Terrafrom").ErrorWith("InvalidParameter").ToString()
            .ShouldBe("Format: 'Terrafrom' is not a known value (CreateService, CloudFormation, Terraform, EcsExpress, EcsExpressCloudFormation, EcsExpressTerraform, Dockerfile). Did you mean \"Terraform\"?");

    [Fact]
    public void An_existing_file_is_replaced_only_with_Force()
    {
        var path = Path.Combine(folder, "web1.create-service.json");
        Directory.CreateDirectory(folder);
        File.WriteAllText(path, "mine");

        session.Run("Export-ARService web1 $folder -Format CreateService").ErrorWith("InvalidParameter").ToString().ShouldContain("exists");
        File.ReadAllText(path).ShouldBe("mine");
        session.Run("Export-ARService web1 $folder -Format CreateService -WhatIf -Force").ShouldBeClean().Output.ShouldBeEmpty();
        File.ReadAllText(path).ShouldBe("mine");

        session.Run("Export-ARService web1 $folder -Format CreateService -Force").All<FileInfo>().Count.ShouldBe(1);
        File.ReadAllText(path).ShouldContain("\"ServiceName\": \"web1\"");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFileSystemEntries(folder).ShouldBe([path]);
    }

    [Fact]
    public void A_folder_that_is_a_file_is_an_error()
    {
        File.WriteAllText(folder, string.Empty);
        try
        {
            foreach (var path in new[] { "$folder", "$folder/inside" })
            {
                var error = session.Run($"Export-ARService web1 {path} -Format CreateService").ErrorWith("InvalidParameter").ToString();
                error.ShouldContain("cannot be written");
                error.ShouldEndWith(".");
            }
        }
        finally
        {
            File.Delete(folder);
        }
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/tmp/outside")]
    [InlineData(".hidden")]
    [InlineData("")]
    public async Task A_name_of_a_response_that_is_not_a_file_name_is_an_error(string name)
    {
        using var relayed = Session.Relayed(out var relay);
        await using var disposal = relay;
        var service = relayed.NewService("web1");
        relayed["folder"] = folder;
        relay.After = (operation, _) => operation == "DescribeService"
            ? ScriptedServer.Respond($$"""{"Service":{"ServiceName":"{{name}}","ServiceArn":"{{service.ServiceArn}}","Status":"RUNNING","SourceConfiguration":{"ImageRepository":{"ImageIdentifier":"public.ecr.aws/a/b:c","ImageRepositoryType":"ECR_PUBLIC"} } } }""")
            : null;

        relayed.Run($"Export-ARService '{service.ServiceArn}' $folder -Format CreateService").ErrorWith("InvalidParameter");

        Directory.Exists(folder).ShouldBeFalse();
        Directory.GetFiles(Path.GetTempPath(), "outside*").ShouldBeEmpty();
    }

    [Fact]
    public void The_same_name_in_two_regions_is_an_error_and_the_others_are_exported()
    {
        session.Run($"$null = New-ARService web1 {Session.Image} -Region eu-west-1; $null = New-ARService web2 {Session.Image} -Region eu-west-1").ShouldBeClean();

        var result = session.Run("Get-ARService -Region us-east-1, eu-west-1 | Export-ARService -Path $folder -Format CreateService");

        var error = result.ErrorWith("InvalidParameter").ToString();
        error.ShouldContain("us-east-1");
        error.ShouldContain("eu-west-1");
        result.Output.Count.ShouldBe(1);
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["web2.create-service.json"]);
    }

    [Fact]
    public void An_unknown_service_does_not_stop_the_others()
    {
        var result = session.Run("'nope', 'web1' | Export-ARService -Path $folder -Format CreateService");

        result.ErrorWith("ServiceNotFound").ToString().ShouldContain("nope");
        result.Output.Count.ShouldBe(1);
    }
}
