using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Export;

/// <summary>The request of CreateService as JSON: for New-ARService -Path, and for <c>aws apprunner create-service --cli-input-json</c>.</summary>
internal sealed class CreateServiceFormat : IExportFormat
{
    /// <inheritdoc/>
    public string Name => ExportFormat.CreateService;

    /// <inheritdoc/>
    public string Suffix => ".create-service.json";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Switches => [];

    /// <inheritdoc/>
    public SnapshotParts PartsFor(ExportOptions options) =>
        SnapshotParts.Tags | SnapshotParts.AutoScalingConfiguration | SnapshotParts.CustomDomains | SnapshotParts.VpcIngressConnections;

    /// <inheritdoc/>
    public IEnumerable<ExportedFile> Write(IReadOnlyList<ServiceSnapshot> services, UniqueNames names, string name, ExportOptions options, ExportProblems problems)
    {
        foreach (var service in services)
        {
            Losses.WarnOfPause(service, problems);
            Losses.WarnOfDomains(service, problems, "CreateService has no member for it. Add it with Add-ARCustomDomain.");
            Losses.WarnOfIngress(service, problems, "CreateService has no member for it. Create it with New-ARVpcIngressConnection.");
            yield return new ExportedFile(name + Suffix, JsonText.Of(JsonSerializer.SerializeToNode(Definitions.Of(service), WireJson.Plain)!));
        }
    }
}

/// <summary>JSON documents as text.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new(WireJson.Plain) { WriteIndented = true };

    /// <summary>Indented JSON with line feeds.</summary>
    /// <param name="node">The document.</param>
    /// <returns>The text, ending with a line feed.</returns>
    public static string Of(JsonNode node) => node.ToJsonString(Indented).Replace("\r\n", "\n") + "\n";
}

/// <summary>Warnings about what several formats cannot carry over.</summary>
internal static class Losses
{
    /// <summary>Warns that a new service is not paused.</summary>
    /// <param name="service">The service.</param>
    /// <param name="problems">Gets the warning.</param>
    public static void WarnOfPause(ServiceSnapshot service, ExportProblems problems)
    {
        if (service.Service.Status == ServiceStatus.Paused)
            problems.Warn(service, nameof(Service.Status), "is PAUSED. What is created from the file runs.");
    }

    /// <summary>Warns about custom domains.</summary>
    /// <param name="service">The service.</param>
    /// <param name="problems">Gets the warnings.</param>
    /// <param name="reason">The consequence, in sentences.</param>
    public static void WarnOfDomains(ServiceSnapshot service, ExportProblems problems, string reason)
    {
        foreach (var domain in service.CustomDomains)
            problems.Warn(service, "CustomDomains." + domain.DomainName, "is not exported. " + reason);
    }

    /// <summary>Warns about VPC ingress connections.</summary>
    /// <param name="service">The service.</param>
    /// <param name="problems">Gets the warnings.</param>
    /// <param name="reason">The consequence, in sentences.</param>
    public static void WarnOfIngress(ServiceSnapshot service, ExportProblems problems, string reason)
    {
        foreach (var connection in service.VpcIngressConnections)
            problems.Warn(service, "VpcIngressConnections." + connection.VpcIngressConnectionName, "is not exported. " + reason);
    }
}
