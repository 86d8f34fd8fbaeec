using System;
using System.IO;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>The forms of a definition: what New-ARService and Test-ARServiceDefinition take by pipeline and by file.</summary>
public sealed class DefinitionInputTests : IDisposable
{
    private const string Source = """{ "ImageRepository": { "ImageIdentifier": "public.ecr.aws/nginx/nginx:1", "ImageRepositoryType": "ECR_PUBLIC", "ImageConfiguration": { "Port": "81" } } }""";

    private readonly Session session = Session.Local("-OperationDuration 0");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("apprunner-tests-");

    public DefinitionInputTests()
    {
        session["folder"] = folder.FullName;
        session["image"] = Session.Image;
    }

    public void Dispose()
    {
        session.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Names_from_the_pipeline_make_services()
    {
        session.Run("'web-a', 'web-b' | New-ARService -ImageIdentifier $image -Port 81").Services.Select(service => service.ServiceName).ShouldBe(["web-a", "web-b"]);
    }

    [Theory]
    [InlineData("New-ARService -InputObject $made")]
    [InlineData("$made | New-ARService")]
    [InlineData("$null = Test-ARServiceDefinition -InputObject $made; New-ARService -InputObject $made.PSObject.Copy()")]
    [InlineData("Publish-ARService -InputObject $made")]
    public void An_object_of_the_type_of_InputObject_is_a_definition(string script)
    {
        var service = session.Run($"$made = [AppRunner.Services.DefinitionObject]@{{ ServiceName = 'web1'; SourceConfiguration = '{Source}' | ConvertFrom-Json }}; {script}").Service;

        service.ServiceName.ShouldBe("web1");
        service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port.ShouldBe("81");
    }

    [Theory]
    [InlineData("ConvertTo-Json $definition | New-ARService")]
    [InlineData("\"`r`n`t $(ConvertTo-Json $definition)\" | New-ARService")]
    [InlineData("ConvertTo-Json $definition -Compress | New-ARService")]
    [InlineData("New-ARService -InputObject (ConvertTo-Json $definition)")]
    [InlineData("ConvertTo-Json $definition | Set-Content $folder/x.json; Get-Content $folder/x.json -Raw | New-ARService")]
    [InlineData("ConvertTo-Json @($definition) | New-ARService")]
    [InlineData(",@($definition) | New-ARService")]
    [InlineData("New-ARService -InputObject @(,@($definition))")]
    [InlineData("ConvertTo-Json @($definition) | Set-Content $folder/x.json; New-ARService -Path $folder/x.json")]
    [InlineData("ConvertTo-Json $definition | Set-Content $folder/x.json; New-ARService -InputObject @(Get-Item $folder/x.json)")]
    public void A_JSON_document_and_a_list_are_read(string script)
    {
        var service = session.Run("$definition = @{ ServiceName = 'web-1'; ImageIdentifier = $image; Port = 81 }; " + script).Service;

        service.ServiceName.ShouldBe("web-1");
        service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port.ShouldBe("81");
    }

    [Fact]
    public void A_JSON_document_in_lines_is_one_error_and_the_next_document_is_read()
    {
        var result = session.Run("""
            Set-Content $folder/x.json (ConvertTo-Json @{ ServiceName = 'web-1'; ImageIdentifier = $image; Tag = @{ a = 'b' } })
            $lines = Get-Content $folder/x.json
            $lines + 'web-2' | New-ARService -ImageIdentifier $image
            """);

        result.ErrorWith("InvalidParameter").ToString().ShouldContain("-Raw");
        result.Output.Select(item => ((Service)item!.BaseObject).ServiceName).ShouldBe(["web-2"]);
    }

    [Theory]
    [InlineData("'{ \"ServiceName\": oops }' | New-ARService", "JSON(1,18): is not valid JSON")]
    [InlineData("\"{`n`n`\"Port`\": 1, `\"ImageIdentifier`\": `\"$image`\" }\" | New-ARService", "JSON(1,1): ServiceName: is required.")]
    [InlineData("\"[{},`n{}]\" | New-ARService web-1 $image -Port x", "JSON(2,1): [1].SourceConfiguration")]
    [InlineData("$null = $x; ,@(@{}, 5) | New-ARService web-1 $image -WhatIf", "[1]: This is not a definition")]
    [InlineData("New-ARService -InputObject @()", "list is empty")]
    [InlineData("$loop = [object[]]::new(1); $loop[0] = $loop; New-ARService -InputObject $loop", "nested too deeply")]
    public void A_problem_has_the_position_or_the_index_of_its_document(string script, string message)
    {
        var result = session.Run(script);

        result.Ended.ShouldBeNull();
        result.Errors[^1].Id().ShouldBe("InvalidParameter");
        result.Errors[^1].ToString().ShouldContain(message);
    }

    [Theory]
    [InlineData("""{ "Service": SERVICE }""")]
    [InlineData("""{ "Service": SERVICE, "OperationId": "17fe9f55-7e91-4097-b243-fcabbb69a4cf" }""")]
    [InlineData("""[ { "Service": SERVICE, "ResponseMetadata": { "HTTPStatusCode": 200 } } ]""")]
    [InlineData("SERVICE")]
    [InlineData("""{ "ServiceSummaryList": [ SUMMARY ] }""")]
    [InlineData("[ SUMMARY ]")]
    public void The_output_of_the_AWS_CLI_is_read_by_every_way(string form)
    {
        session.NewService("site", "-Port 99");
        session["json"] = form;
        session.Run("""
            $service = Get-ARService site | ConvertTo-Json -Depth 10
            $summary = Get-ARService sit* | ConvertTo-Json
            $json = $json.Replace('SERVICE', $service).Replace('SUMMARY', $summary)
            Set-Content $folder/out.json $json
            """).ShouldBeClean();

        var copies = session.Run("""
            $json | New-ARService -ServiceName copy-text
            $json | ConvertFrom-Json | New-ARService -ServiceName copy-object
            New-ARService -ServiceName copy-file -Path $folder/out.json
            New-ARService copy-literal -LiteralPath $folder/out.json
            """).Services;

        copies.Select(copy => copy.ServiceName).ShouldBe(["copy-text", "copy-object", "copy-file", "copy-literal"]);
        copies.ShouldAllBe(copy => copy.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port == "99");
    }

    [Fact]
    public void An_incomplete_list_of_the_AWS_CLI_is_a_warning()
    {
        session.NewService("site");

        var result = session.Run("""'{ "ServiceSummaryList": [ ' + (Get-ARService sit* | ConvertTo-Json) + ' ], "NextToken": "x" }' | New-ARService copy""");

        result.Service.ServiceName.ShouldBe("copy");
        result.Warnings.ShouldHaveSingleItem().ShouldContain("NextToken");
    }

    [Fact]
    public void A_source_configuration_is_the_source_of_the_named_service()
    {
        Write("source.json", Source);

        var services = session.Run("""
            New-ARService web-1 -Path $folder/source.json
            New-ARSourceConfig $image -Port 81 | New-ARService web-2
            Get-Content $folder/source.json -Raw | ConvertFrom-Json | New-ARService web-3
            New-ARService web-4 -InputObject (Get-ARService web-1).SourceConfiguration -Cpu 2 -Memory 4
            """).Services;

        services.Select(service => service.ServiceName).ShouldBe(["web-1", "web-2", "web-3", "web-4"]);
        services.ShouldAllBe(service => service.SourceConfiguration!.ImageRepository!.ImageConfiguration!.Port == "81");
    }

    [Fact]
    public void A_problem_of_a_source_configuration_has_its_position()
    {
        Write("source.json", Source.Replace("\"Port\": \"81\"", "\n \"Port\": \"x\""));

        session.Run("New-ARService web-1 -Path $folder/source.json").ErrorWith("InvalidParameter").ToString().ShouldContain("source.json(2,2): SourceConfiguration.ImageRepository.ImageConfiguration.Port:");
        session.Run("Test-ARServiceDefinition $folder/source.json").All<DefinitionProblem>().Select(problem => (problem.Path, problem.Line)).ShouldBe(
            [("ServiceName", 1), ("SourceConfiguration.ImageRepository.ImageConfiguration.Port", 2)]);
    }

    [Theory]
    [InlineData("""{ "Type": "AWS::AppRunner::Service", "Properties": { "ServiceName": "web-1" } }""", "CloudFormation resource (AWS::AppRunner::Service)")]
    [InlineData("""{ "AWSTemplateFormatVersion": "2010-09-09", "Resources": { "Web": { "Type": "AWS::AppRunner::Service" } } }""", "CloudFormation template")]
    [InlineData("""{ "Resources": {} }""", "CloudFormation template")]
    public void A_CloudFormation_resource_is_named_in_one_error(string json, string message)
    {
        Write("stack.json", json);

        foreach (var script in new[] { "New-ARService web-1 -Path $folder/stack.json", "Get-Content $folder/stack.json -Raw | ConvertFrom-Json | New-ARService", "Update-ARService web-1 -Path $folder/stack.json" })
            session.Run(script).ErrorWith("InvalidParameter").ToString().ShouldContain(message);
        session.Run("Test-ARServiceDefinition $folder/stack.json").All<DefinitionProblem>().ShouldHaveSingleItem().Message.ShouldContain(message);
        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void A_YAML_file_is_not_a_definition()
    {
        Write("apprunner.yaml", "version: 1.0\n");

        session.Run("New-ARService web-1 -Path $folder/apprunner.yaml").ErrorWith("InvalidParameter").ToString().ShouldContain("Test-ARServiceDefinition");
    }

    [Theory]
    [InlineData("-ImageIdentifier public.ecr.aws/nginx/nginx:2", "public.ecr.aws/nginx/nginx:2", "81")]
    [InlineData("-SourceConfiguration @{ ImageRepository = @{ ImageIdentifier = 'public.ecr.aws/nginx/nginx:3'; ImageRepositoryType = 'ECR_PUBLIC' } }", "public.ecr.aws/nginx/nginx:3", "8080")]
    [InlineData("-SourceConfiguration (New-ARSourceConfig public.ecr.aws/nginx/nginx:4) -Port 82", "public.ecr.aws/nginx/nginx:4", "82")]
    [InlineData("-StartCommand run", "public.ecr.aws/nginx/nginx:1", "81")]
    public void Parameters_of_the_source_are_laid_over_every_form(string parameters, string image, string port)
    {
        Write("long.json", $$"""{ "ServiceName": "long", "SourceConfiguration": {{Source}} }""");
        Write("short.json", $$"""{ "ServiceName": "short", "ImageIdentifier": "{{Session.Image}}", "Port": 81 }""");

        var services = session.Run($$"""
            New-ARService -Path $folder/*.json {{parameters}}
            New-ARService -LiteralPath $folder/long.json -ServiceName literal {{parameters}}
            Get-Content $folder/short.json -Raw | New-ARService -ServiceName piped {{parameters}}
            New-ARService given -InputObject @{ ImageIdentifier = $image; Port = 81 } {{parameters}}
            """).Services;

        services.Count.ShouldBe(5);
        services.ShouldAllBe(service => service.SourceConfiguration!.ImageRepository!.ImageIdentifier == image);
        services.Select(service => service.SourceConfiguration!.ImageRepository!.ImageConfiguration?.Port ?? "8080").Distinct().ShouldBe([port]);
    }

    [Fact]
    public void The_parameters_of_code_are_laid_over_a_file()
    {
        Write("code.json", $$"""
            { "ServiceName": "code", "SourceConfiguration": { "CodeRepository": { "RepositoryUrl": "https://github.com/o/n", "SourceCodeVersion": { "Type": "BRANCH", "Value": "main" },
              "CodeConfiguration": { "ConfigurationSource": "REPOSITORY" } }, "AuthenticationConfiguration": { "ConnectionArn": "{{session.NewConnection()}}" } } }
            """);

        var code = session.Run("New-ARService -Path $folder/code.json -RepositoryUrl https://github.com/o/other -Branch next -SourceDirectory /app -Runtime NODEJS_22 -BuildCommand make -StartCommand run").Service.SourceConfiguration!.CodeRepository!;

        (code.RepositoryUrl, code.SourceCodeVersion!.Value, code.SourceDirectory).ShouldBe(("https://github.com/o/other", "next", "/app"));
        (code.CodeConfiguration!.ConfigurationSource, code.CodeConfiguration.CodeConfigurationValues!.Runtime).ShouldBe(("API", "NODEJS_22"));
    }

    [Fact]
    public void InstanceConfiguration_replaces_the_short_members_of_the_definition()
    {
        var instance = session.Run("@{ ServiceName = 'web-1'; ImageIdentifier = $image; Cpu = 4; Memory = 12 } | New-ARService -InstanceConfiguration @{ Cpu = 2 } -Memory 4").Service.InstanceConfiguration!;

        (instance.Cpu, instance.Memory).ShouldBe(("2048", "4096"));
    }

    [Theory]
    [InlineData("New-ARService web-1 $image -RepositoryUrl https://github.com/o/n", "RepositoryUrl is for a code repository, but the source is an image.")]
    [InlineData("New-ARService web-1 $image -Branch main -Runtime NODEJS_22", "Branch, Runtime are for a code repository, but the source is an image.")]
    [InlineData("New-ARService web-1 -RepositoryUrl https://github.com/o/n -AccessRoleArn arn:aws:iam::123456789012:role/r", "AccessRoleArn is for an image, but the source is a code repository.")]
    [InlineData("New-ARService web-1 -SourceConfiguration @{ ImageRepository = @{ ImageIdentifier = $image; ImageRepositoryType = 'ECR_PUBLIC' } } -ConnectionArn x", "ConnectionArn is for a code repository")]
    [InlineData("@{ ServiceName = 'web-1'; ImageIdentifier = $image } | New-ARService -RepositoryUrl https://github.com/o/n", "RepositoryUrl is for a code repository")]
    [InlineData("New-ARService web-1", "SourceConfiguration: is required: give ImageIdentifier, RepositoryUrl or SourceConfiguration.")]
    [InlineData("'web-1' | New-ARService", "SourceConfiguration: is required: give ImageIdentifier")]
    public void A_source_that_is_missing_or_of_two_kinds_is_one_error_of_ours(string script, string message)
    {
        session.Run(script).ErrorWith("InvalidParameter").ToString().ShouldContain(message);

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void A_missing_member_has_the_position_of_the_document()
    {
        Write("all.json", """
            [
              { "ServiceName": "web-1" },
              {
                "Service": { "ServiceName": "x", "Port": 0 }
              }
            ]
            """);

        var problems = session.Run("Test-ARServiceDefinition $folder/all.json").All<DefinitionProblem>();

        problems.Select(problem => (problem.Path, problem.Line, problem.Column)).ShouldBe(
        [
            ("[0].SourceConfiguration", 2, 3),
            ("[1]", 4, 5),
            ("[1].ServiceName", 4, 18),
            ("[1].SourceConfiguration", 4, 5),
        ], ignoreOrder: true);
        problems.ShouldAllBe(problem => problem.Source == Path.Combine(folder.FullName, "all.json"));
    }

    [Fact]
    public void An_invalid_document_of_a_file_does_not_stop_the_others()
    {
        Write("all.json", $$"""[ { "ServiceName": "good-1", "ImageIdentifier": "{{Session.Image}}" }, {"ServiceName": "-bad-", "ImageIdentifier": "{{Session.Image}}" }, 5, { "ServiceName": "good-2", "ImageIdentifier": "{{Session.Image}}" } ]""");

        var result = session.Run("New-ARService -Path $folder/all.json");

        result.Output.Select(item => ((Service)item!.BaseObject).ServiceName).ShouldBe(["good-1", "good-2"]);
        result.ErrorsWith("InvalidParameter", 2)[0].ToString().ShouldContain("all.json(1,84): [1].ServiceName:");
        result.Errors[1].ToString().ShouldContain("all.json(1,161): [2]: The document must be a JSON object");
    }

    [Fact]
    public void Text_of_a_definition_is_not_in_an_error()
    {
        var result = session.Run("'{ \"ServiceName\": \"-x\", \"StartCommand\": \"sesame\", \"Prot\": 1 }' | New-ARService -Verbose; '{ \"StartCommand\": \"sesame\"' | New-ARService");

        result.Errors.Count.ShouldBe(2);
        result.AllText.ShouldNotContain("sesame");
    }

    [Fact]
    public void A_listed_service_cannot_be_tested()
    {
        session.NewService("site");

        session.Run("Get-ARService sit* | Test-ARServiceDefinition").All<DefinitionProblem>().ShouldHaveSingleItem().Message.ShouldContain("Get-ARService NAME");
        session.Run("Get-ARService site | ConvertTo-Json -Depth 10 | Test-ARServiceDefinition").All<DefinitionProblem>().ShouldBeEmpty();
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(folder.FullName, name), content);
}
