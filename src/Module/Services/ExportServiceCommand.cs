using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Loading;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>Writes the definitions of services to files, in the format of other tools. The files are readable by their owner only.</summary>
[Cmdlet(VerbsData.Export, "ARService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class ExportServiceCommand : RemoteCommand<string>
{
    private readonly List<Entry> entries = [];
    private ExportOptions options = null!;
    private SnapshotParts parts;
    private string folder = null!;

    /// <summary>The services: names (wildcards allowed), ARNs, or objects with ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    [SupportsWildcards]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>The folder for the files; it is created if it is absent.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The format of the files.</summary>
    [Parameter(Mandatory = true)]
    [ValidateSet(ExportFormat.CreateService)]
    public string Format { get; set; } = string.Empty;

    /// <summary>Exports the resources that services share too: all services and resources in one file.</summary>
    [Parameter]
    public SwitchParameter IncludeShared { get; set; }

    /// <summary>Writes files that take over the existing resources.</summary>
    [Parameter]
    public SwitchParameter Import { get; set; }

    /// <summary>Names what belongs to the account by name or content instead of ARN.</summary>
    [Parameter]
    public SwitchParameter Portable { get; set; }

    /// <summary>Leaves out the values of environment variables.</summary>
    [Parameter]
    public SwitchParameter NoValue { get; set; }

    /// <summary>Replaces existing files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override int ConcurrencyLimit => 8;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        folder = DefinitionFiles.ResolveLiterally(this, Path).Single();
        options = new ExportOptions { IncludeShared = IncludeShared, Import = Import, Portable = Portable, NoValue = NoValue };
        parts = PrivateAssemblies.ServiceExporter.PartsFor(Format, options);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var identity in Service)
        {
            Errors.Target = identity.Target;
            if (identity is { Problem: null, Arn: null } && WildcardPattern.ContainsWildcardCharacters(identity.Name))
                Errors.Guard(() => ReadMatching(Wildcards.Parse(identity.Name!)));
            else
                Read(identity);
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        base.End();
        Errors.Target = null;

        // The same service may come twice, such as by name and by ARN.
        var services = entries.Select(entry => entry.Snapshot).OfType<ServiceSnapshot>().GroupBy(snapshot => snapshot.Service.ServiceArn, StringComparer.Ordinal).Select(same => same.First())
            .GroupBy(snapshot => snapshot.Service.ServiceName, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        var unique = services.Where(IsUnique).Select(same => same.Single()).ToArray();
        if (IncludeShared && (unique.Length < services.Length || entries.Any(entry => entry.Snapshot is null)))
            throw new InvalidParameterException("The file for all services is not written, because not all of them can be exported.");
        foreach (var export in PrivateAssemblies.ServiceExporter.Convert(Format, unique, options))
        {
            Errors.Target = export.Subject;
            Errors.Guard(() => Write(export));
        }
    }

    private void ReadMatching(WildcardPattern pattern)
    {
        var found = new List<ResourceIdentity>();
        _ = Work.Await(async () =>
        {
            var connection = await Connections.ConnectAsync(Region).ConfigureAwait(false);
            await ResourceKind.Service.ListAsync(
                connection,
                resource =>
                {
                    if (ResourceKind.IsActive(resource) && Arn.TryParse(resource.ResourceArn, out var arn) && pattern.IsMatch(arn.Name))
                        found.Add(new ResourceIdentity(resource, arn.Text, arn.Name));
                },
                Stopped).ConfigureAwait(false);
            return true;
        });
        foreach (var identity in found)
            Read(identity);
    }

    private void Read(ResourceIdentity identity)
    {
        var entry = new Entry();
        entries.Add(entry);
        Work.Enqueue(identity.Target, async () =>
        {
            var service = await Resolver.ResolveAsync(identity, ResourceKind.Service, Region).ConfigureAwait(false);
            entry.Snapshot = await ServiceSnapshot.ReadAsync(service.Connection, service.Arn, parts, Stopped).ConfigureAwait(false);
        });
    }

    private bool IsUnique(IGrouping<string?, ServiceSnapshot> same)
    {
        if (same.Count() == 1)
            return true;
        Errors.Target = same.Key;
        return Errors.Guard(() => throw new InvalidParameterException($"Service: several services are named \"{same.Key}\", which would be one file: {string.Join(", ", same.Select(snapshot => snapshot.Service.ServiceArn))}. Export them into different folders."));
    }

    private void Write(ServiceExport export)
    {
        Errors.ReportProblems(export.Problems, $"The export of \"{export.Subject}\"");
        var paths = export.Files.Select(file => System.IO.Path.Combine(folder, file.Name)).ToArray();
        if (!Confirmation.ShouldProcess(this, string.Join(", ", paths), "Write"))
            return;
        PrivateAssemblies.ServiceExporter.Write(folder, export.Files, Force);
        foreach (var path in paths)
            WriteObject(new FileInfo(path));
    }

    // A place for a service, in the order of the input; without a snapshot, an error was written.
    private sealed class Entry
    {
        public ServiceSnapshot? Snapshot { get; set; }
    }
}
