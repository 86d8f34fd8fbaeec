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

/// <summary>An exported service that is created or published in an empty region is equal to the original.</summary>
public sealed class ExportCircleTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("circle-");

    private static int Count { get; } = int.Parse(Environment.GetEnvironmentVariable("APPRUNNER_TEST_EXPORTS") ?? "100", CultureInfo.InvariantCulture);

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("-Portable")]
    public void An_exported_service_is_equal_to_its_original(string more)
    {
        using var session = TwoRegions(out var connection);
        var requests = Enumerable.Range(0, Count).Select(seed => Request(seed, connection)).ToArray();

        // A key is in one region, and New-ARService refuses it in another one.
        foreach (var request in requests.Where(_ => more.Length > 0))
            request.EncryptionConfiguration = null;
        Create(session, requests);
        session.Run($"Export-ARService * $exports -Format CreateService {more} -WarningAction Ignore").All<FileInfo>().Count.ShouldBe(Count);

        // A connection is in one region, so that a file with ARNs is created in the same one.
        var region = more.Length == 0 ? "us-east-1" : "eu-west-1";
        if (more.Length == 0)
            session.Run("$before = Get-ARService -Detailed; $null = $before | Remove-ARService -Confirm:$false -ThrottleLimit 8").ShouldBeClean();
        else
            session.Run("$before = Get-ARService -Detailed").ShouldBeClean();
        session.Run($"$null = New-ARService -Path $exports/*.json -Region {region} -ThrottleLimit 8 -WarningAction Ignore").ShouldBeClean();

        var copies = session.Run($"Get-ARService -Detailed -Region {region}").Services.ToDictionary(service => service.ServiceName!);
        copies.Count.ShouldBe(Count);
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

    [Fact]
    public void An_exported_service_is_equal_after_it_is_published_with_its_shared_settings()
    {
        using var session = TwoRegions(out var connection);
        var scalings = session.Run("""
            foreach ($i in 1..4) { New-ARAutoScalingConfiguration "busy$($i % 2)" -MaxConcurrency (10 * $i) -MinSize $i -MaxSize (20 + $i) -Tag @{ of = "a$i" } }
            """).ShouldBeClean().All<AutoScalingConfiguration>().Select(scaling => scaling.AutoScalingConfigurationArn!).ToArray();
        var connectors = session.Run("""
            New-ARVpcConnector way-out subnet-0123456789abcdef1, subnet-0123456789abcdef0 -SecurityGroups sg-0123456789abcdef1, sg-0123456789abcdef0 -Tag @{ of = '' }
            New-ARVpcConnector 1way subnet-0123456789abcdef2 -SecurityGroups sg-0123456789abcdef0
            """).ShouldBeClean().All<VpcConnector>().Select(connector => connector.VpcConnectorArn!).ToArray();
        var tracing = session.Run("New-ARObservabilityConfiguration traced AWSXRAY; New-ARObservabilityConfiguration none").ShouldBeClean().All<ObservabilityConfiguration>().Select(observability => observability.ObservabilityConfigurationArn!).ToArray();
        var requests = Enumerable.Range(0, Count).Select(seed => Request(seed, connection)).ToArray();
        foreach (var (request, i) in requests.Select((request, i) => (request, i)))
        {
            request.EncryptionConfiguration = null;
            request.AutoScalingConfigurationArn = scalings.ElementAtOrDefault(i % 5);
            if (connectors.ElementAtOrDefault(i % 3) is { } connector)
                request.NetworkConfiguration!.EgressConfiguration = new EgressConfiguration { EgressType = EgressType.Vpc, VpcConnectorArn = connector };
            if (tracing.ElementAtOrDefault(i / 3 % 3) is { } observability)
                request.ObservabilityConfiguration = new ServiceObservabilityConfiguration { ObservabilityEnabled = true, ObservabilityConfigurationArn = observability };
        }

        Create(session, requests);
        session.Run("Export-ARService * $exports -Format CreateService -Portable -WarningAction Ignore").All<FileInfo>().Count.ShouldBe(Count);

        session.Run("Compare-ARService -Path $exports/*.json -Region us-east-1 -WarningAction Ignore").ShouldBeClean().Output.ShouldBeEmpty("the originals themselves");
        session.Run("Publish-ARService -Path $exports/*.json -Region eu-west-1 -WarningAction Ignore").ShouldBeClean().All<Service>().ShouldAllBe(service => service.Action == PublishAction.Created);
        session.Run("Compare-ARService -Path $exports/*.json -Region eu-west-1 -WarningAction Ignore").ShouldBeClean().Output.ShouldBeEmpty();
        session.Run("(Get-ChildItem $exports/*.json | ForEach-Object { Compare-ARService -LiteralPath $_ -Region eu-west-1 -WarningAction Ignore -Quiet }) -eq $true").ShouldBeClean().Output.Count.ShouldBe(Count);
        session.Run("Publish-ARService -Path $exports/*.json -Region eu-west-1 -WarningAction Ignore").ShouldBeClean().All<Service>().ShouldAllBe(service => service.Action == PublishAction.None);

        // Each setting was created once, and the copies export to the same text.
        session.Run("Get-ARAutoScalingConfiguration -Region eu-west-1 | Where-Object AutoScalingConfigurationName -Like busy*").Output.Count.ShouldBe(scalings.Length);
        session.Run("Get-ARVpcConnector -Region eu-west-1").Output.Count.ShouldBe(connectors.Length);
        session.Run("Get-ARObservabilityConfiguration -Region eu-west-1 | Where-Object ObservabilityConfigurationName -NE DefaultConfiguration").Output.Count.ShouldBe(tracing.Length);
        var again = session.Run("Export-ARService * $exports/again -Format CreateService -Portable -Region eu-west-1 -WarningAction Ignore").ShouldBeClean().All<FileInfo>();
        again.Count.ShouldBe(Count);
        foreach (var file in again)
            File.ReadAllText(file.FullName).ShouldBe(File.ReadAllText(Path.Combine(folder.FullName, "exports", file.Name)), file.Name);
    }

    [Theory]
    [InlineData("New-ARService -Path $file")]
    [InlineData("New-ARService -InputObject (Get-Content -Raw $file)")]
    [InlineData("Update-ARService web1 -Path $file")]
    [InlineData("Publish-ARService -Path $file")]
    [InlineData("Publish-ARService web2 -Path $file")]
    [InlineData("Compare-ARService -Path $file")]
    public void A_file_without_values_is_refused_and_names_the_variables(string command)
    {
        using var session = Session.Local("-OperationDuration 0");
        session.NewService("web1", "-EnvironmentVariable @{ LEVEL = 'info'; TOKEN = 'hidden-1' }");
        session["exports"] = folder.FullName;
        session.Run("$file = Export-ARService web1 $exports -Format CreateService -NoValue").ShouldBeClean();

        var error = session.Run(command).Errors.ShouldHaveSingleItem();

        error.FullyQualifiedErrorId.ShouldStartWith("InvalidParameter,");
        foreach (var name in new[] { "LEVEL", "TOKEN" })
            error.Exception.Message.ShouldContain($"RuntimeEnvironmentVariables.{name}: has no value: Export-ARService -NoValue left it out. Give the value.");
        error.Exception.Message.ShouldNotContain("hidden-1");
        session.Run("Get-AROperation web1").Output.Count.ShouldBe(1);
        session.Run("Get-ARService").Output.Count.ShouldBe(1);

        // With the values it is what it was.
        session.Run("Publish-ARService -Path $file -EnvironmentVariable @{ LEVEL = 'info'; TOKEN = 'hidden-1' }").ShouldBeClean().Service.Action.ShouldBe(PublishAction.None);
    }

    // Services of us-east-1 go to eu-west-1, which has a connection of the same name and nothing else.
    private Session TwoRegions(out string connection)
    {
        var session = Session.Local($"-OperationDuration 0 -ServiceQuota {Count + 10}");
        connection = session.NewConnection();
        session.Run("$null = New-ARConnection github GITHUB -Region eu-west-1 -WarningAction Ignore | Approve-ARConnection").ShouldBeClean();
        session["definitions"] = folder.CreateSubdirectory("definitions").FullName;
        session["exports"] = Path.Combine(folder.FullName, "exports");
        return session;
    }

    private static void Create(Session session, CreateServiceRequest[] requests)
    {
        foreach (var request in requests)
            File.WriteAllBytes(Path.Combine((string)session["definitions"]!, request.ServiceName + ".json"), WireJson.Write(request));
        session.Run("$null = New-ARService -Path $definitions/*.json -ThrottleLimit 8 -WarningAction Ignore").ShouldBeClean();
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
