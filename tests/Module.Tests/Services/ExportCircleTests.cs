using System;
using System.Globalization;
using System.IO;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Comparison;
using AppRunner.Model.Json;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>An exported service that is created in an empty region is equal to the original.</summary>
public sealed class ExportCircleTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("circle-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("-Portable")]
    public void An_exported_service_is_equal_to_its_original(string more)
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("APPRUNNER_TEST_EXPORTS") ?? "100", CultureInfo.InvariantCulture);
        using var session = Session.Local($"-OperationDuration 0 -ServiceQuota {count + 10}");
        session["connection"] = session.NewConnection();
        session.Run("$null = New-ARConnection github GITHUB -Region eu-west-1 -WarningAction Ignore | Approve-ARConnection").ShouldBeClean();
        var definitions = folder.CreateSubdirectory("definitions").FullName;
        var requests = Enumerable.Range(0, count).Select(seed => Request(seed, (string)session["connection"]!)).ToArray();

        // A key is in one region, and New-ARService refuses it in another one.
        foreach (var request in requests.Where(_ => more.Length > 0))
            request.EncryptionConfiguration = null;
        foreach (var request in requests)
            File.WriteAllBytes(Path.Combine(definitions, request.ServiceName + ".json"), WireJson.Write(request));
        session["definitions"] = definitions;
        session["exports"] = Path.Combine(folder.FullName, "exports");

        session.Run("$null = New-ARService -Path $definitions/*.json -ThrottleLimit 8 -WarningAction Ignore").ShouldBeClean();
        session.Run($"Export-ARService * $exports -Format CreateService {more} -WarningAction Ignore").All<FileInfo>().Count.ShouldBe(count);

        // A connection is in one region, so that a file with ARNs is created in the same one.
        var region = more.Length == 0 ? "us-east-1" : "eu-west-1";
        if (more.Length == 0)
            session.Run("$before = Get-ARService -Detailed; $null = $before | Remove-ARService -Confirm:$false -ThrottleLimit 8").ShouldBeClean();
        else
            session.Run("$before = Get-ARService -Detailed").ShouldBeClean();
        session.Run($"$null = New-ARService -Path $exports/*.json -Region {region} -ThrottleLimit 8 -WarningAction Ignore").ShouldBeClean();

        var copies = session.Run($"Get-ARService -Detailed -Region {region}").Services.ToDictionary(service => service.ServiceName!);
        copies.Count.ShouldBe(count);
        foreach (var request in requests)
        {
            // What belongs to the region is another one.
            if (more.Length > 0 && request.SourceConfiguration!.AuthenticationConfiguration?.ConnectionArn is not null)
                request.SourceConfiguration.AuthenticationConfiguration.ConnectionArn = copies[request.ServiceName!].SourceConfiguration!.AuthenticationConfiguration!.ConnectionArn.ShouldNotBeNull();
            ServiceComparer.Compare(request, copies[request.ServiceName!]).Select(difference => difference.ToString()).ShouldBeEmpty(request.ServiceName);
        }

        string.Join("\n", session.Run($"Get-ARService -Region {region} | Get-ARResourceTag | Where-Object Key -eq stage | Sort-Object Value | ForEach-Object Value").All<string>())
            .ShouldBe(string.Join("\n", requests.Select(request => request.ServiceName!).OrderBy(name => name, StringComparer.OrdinalIgnoreCase)));
    }

    // What the API takes of a generated service, without the resources that it shares.
    private static CreateServiceRequest Request(int seed, string connection)
    {
        var service = GeneratedSnapshots.Make(seed).Service;
        var source = service.SourceConfiguration!;
        if (source.AuthenticationConfiguration?.ConnectionArn is not null)
            source.AuthenticationConfiguration.ConnectionArn = connection;
        if (source.ImageRepository?.ImageConfiguration is { StartCommand: "" } image)
            image.StartCommand = null;
        service.NetworkConfiguration!.EgressConfiguration = null;
        return new CreateServiceRequest
        {
            ServiceName = service.ServiceName,
            SourceConfiguration = source,
            InstanceConfiguration = new InstanceConfiguration { Cpu = "1024", Memory = "2048", InstanceRoleArn = service.InstanceConfiguration!.InstanceRoleArn },
            EncryptionConfiguration = service.EncryptionConfiguration,
            HealthCheckConfiguration = service.HealthCheckConfiguration,
            NetworkConfiguration = service.NetworkConfiguration,
            Tags = [new Tag { Key = "stage", Value = service.ServiceName }],
        };
    }
}
