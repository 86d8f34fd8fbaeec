using System;
using System.IO;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

public sealed class CreateByFileTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("apprunner-tests-");

    public CreateByFileTests() => session["folder"] = folder.FullName;

    public void Dispose()
    {
        session.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_JSON_file_for_the_AWS_CLI_creates_a_service()
    {
        Write("web.json", """
            {
                "ServiceName": "from-file",
                "SourceConfiguration": { "ImageRepository": { "ImageIdentifier": "public.ecr.aws/nginx/nginx:1", "ImageConfiguration": { "Port": "81", "RuntimeEnvironmentVariables": { "A": "b" } }, "ImageRepositoryType": "ECR_PUBLIC" } },
                "InstanceConfiguration": { "Cpu": "0.25 vCPU", "Memory": "0.5 GB" },
                "Tags": [ { "Key": "team", "Value": "shop" } ],
                "HealthCheckConfiguration": { "Protocol": "TCP", "Interval": 5 }
            }
            """);

        var service = session.Run("New-ARService -Path $folder/web.json").Service;

        service.ServiceName.ShouldBe("from-file");
        service.InstanceConfiguration!.Cpu.ShouldBe("256");
        service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port.ShouldBe("81");
    }

    [Fact]
    public void Wildcards_select_several_files_and_an_invalid_one_does_not_stop_the_others()
    {
        Write("a1.json", Definition("one1"));
        Write("a2.json", "{ \"ServiceName\": ");
        Write("a3.json", Definition("three"));

        var result = session.Run("New-ARService -Path $folder/a*.json");

        result.Output.Select(item => ((Service)item!.BaseObject).ServiceName).ShouldBe(["one1", "three"]);
        result.ErrorWith("InvalidParameter").ToString().ShouldContain("a2.json");
    }

    [Fact]
    public void Malformed_JSON_is_reported_with_line_and_column()
    {
        Write("bad.json", "{\n  \"ServiceName\": oops\n}");

        var error = session.Run("New-ARService -Path $folder/bad.json").ErrorWith("InvalidParameter");

        error.ToString().ShouldContain("bad.json");
        error.ToString().ShouldContain("bad.json(2,18): is not valid JSON");
        error.TargetObject.ShouldBe(Path.Combine(folder.FullName, "bad.json"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("")]
    [InlineData("{ \"ServiceName\": \"\\ud800\" }")]
    public void JSON_that_is_not_an_object_is_rejected(string content)
    {
        Write("odd.json", content);

        session.Run("New-ARService -Path $folder/odd.json").ErrorWith("InvalidParameter").ToString().ShouldContain("odd.json");
    }

    [Theory]
    [InlineData("-Path $folder/missing.json")]
    [InlineData("-Path $folder/missing*.json")]
    [InlineData("-LiteralPath $folder/missing.json")]
    [InlineData("-Path $folder")]
    [InlineData("-Path nodrive:/x.json")]
    [InlineData("-LiteralPath nodrive:/x.json")]
    [InlineData("-Path 'function:/prompt'")]
    public void A_missing_file_is_an_error_with_its_path(string where)
    {
        var error = session.Run("New-ARService " + where).ErrorWith("InvalidParameter");

        error.ToString().ShouldContain("Path");
        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void Problems_in_a_file_are_reported_with_file_and_member_path()
    {
        Write("web.json", """{ "ServiceName": "from-file", "SourceConfiguration": { "ImageRepository": { "ImageIdentifier": "nginx", "ImageRepositoryType": "ECR_PUBLIC" } }, "HealthCheck": {} }""");

        var error = session.Run("New-ARService -Path $folder/web.json").ErrorWith("InvalidParameter");

        error.ToString().ShouldContain("web.json(1,146): HealthCheck: is not a known member. Did you mean \"HealthCheckConfiguration\"?");
        error.ToString().ShouldContain("web.json(1,77): SourceConfiguration.ImageRepository.ImageIdentifier: 'nginx' must be an ECR image");
    }

    [Fact]
    public void Parameters_take_precedence_over_the_file()
    {
        Write("web.json", Definition("from-file"));

        session.Run("New-ARService -Path $folder/web.json -ServiceName other-name -Port 82").Service.ServiceName.ShouldBe("other-name");
    }

    [Fact]
    public void A_piped_file_object_is_read()
    {
        Write("web[1].json", Definition("piped"));

        session.Run("Get-Item -LiteralPath \"$folder/web[1].json\" | New-ARService").Service.ServiceName.ShouldBe("piped");
        session.Run("New-ARService -LiteralPath \"$folder/web[1].json\" -ServiceName literal").Service.ServiceName.ShouldBe("literal");
    }

    private static string Definition(string name) =>
        $$$"""{ "ServiceName": "{{{name}}}", "SourceConfiguration": { "ImageRepository": { "ImageIdentifier": "public.ecr.aws/nginx/nginx:1", "ImageRepositoryType": "ECR_PUBLIC" } } }""";

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(folder.FullName, name), content);
}
