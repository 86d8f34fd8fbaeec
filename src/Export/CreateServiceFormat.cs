using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Export;

/// <summary>The request of CreateService as JSON: for New-ARService -Path, and for <c>aws apprunner create-service --cli-input-json</c>; with Portable only for this module.</summary>
internal sealed class CreateServiceFormat : IExportFormat
{
    /// <inheritdoc/>
    public string Name => ExportFormat.CreateService;

    /// <inheritdoc/>
    public string Suffix => ".create-service.json";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Switches => [nameof(ExportOptions.Portable), nameof(ExportOptions.NoValue)];

    /// <inheritdoc/>
    public SnapshotParts PartsFor(ExportOptions options) =>
        SnapshotParts.Tags | SnapshotParts.AutoScalingConfiguration | SnapshotParts.CustomDomains | SnapshotParts.VpcIngressConnections
        | (options.Portable ? SnapshotParts.VpcConnector | SnapshotParts.ObservabilityConfiguration | SnapshotParts.SharedTags : SnapshotParts.None);

    /// <inheritdoc/>
    public IEnumerable<ExportedFile> Write(IReadOnlyList<ServiceSnapshot> services, UniqueNames names, string name, ExportOptions options, ExportProblems problems)
    {
        foreach (var service in services)
        {
            Losses.WarnOfPause(service, problems);
            Losses.WarnOfDomains(service, problems, "CreateService has no member for it. Add it with Add-ARCustomDomain.");
            Losses.WarnOfIngress(service, problems, "CreateService has no member for it. Create it with New-ARVpcIngressConnection.");
            var definition = Definitions.Of(service);
            if (options.NoValue && definition.SourceConfiguration?.RunSettings is { RuntimeEnvironmentVariables: { } variables })
            {
                foreach (var key in new List<string>(variables.Keys))
                    variables[key] = MapAttribute.LeftOutValue;
            }

            if (options.Portable)
                PortableDefinition.NameReferences(service, definition, problems);
            var json = (JsonObject)JsonSerializer.SerializeToNode(definition, WireJson.Plain)!;
            if (options.Portable)
                PortableDefinition.PutContents(service, json);
            yield return new ExportedFile(name + Suffix, JsonText.Of(json));
        }
    }
}

/// <summary>JSON documents as text.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new(WireJson.Plain) { WriteIndented = true };

    // Any escape sequence, so that the end of one is not taken for the beginning of another.
    private static readonly Regex Escape = new("\\\\(?:u(?<high>[Dd][89ABab][0-9A-Fa-f]{2})\\\\u(?<low>[Dd][C-Fc-f][0-9A-Fa-f]{2})|.)", RegexOptions.CultureInvariant);

    /// <summary>Indented JSON with line feeds. Characters beyond 16 bits are written as they are: tools that read JSON as YAML, such as cfn-lint, refuse them as two escapes.</summary>
    /// <param name="node">The document.</param>
    /// <returns>The text, ending with a line feed.</returns>
    public static string Of(JsonNode node) => Escape.Replace(
        node.ToJsonString(Indented).Replace("\r\n", "\n"),
        escape => escape.Groups["high"] is { Success: true } high ? new string([Half(high), Half(escape.Groups["low"])]) : escape.Value) + "\n";

    private static char Half(Group digits) => (char)int.Parse(digits.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
