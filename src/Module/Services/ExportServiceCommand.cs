using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Loading;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Services;

/// <summary>Writes the definitions of services to files, in the format of other tools. The files are readable by their owner only.</summary>
[Cmdlet(VerbsData.Export, "ARService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class ExportServiceCommand : ServiceSnapshotCommand
{
    private static readonly OneOfAttribute Formats = new(typeof(ExportFormat));

    private string folder = null!;

    /// <summary>The folder for the files; it is created if it is absent.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The format of the files.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExportFormatCompleter))]
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
    private protected override void Begin()
    {
        base.Begin();
        Format = Formats.Require(Format, nameof(Format));
        folder = DefinitionFiles.ResolveLiterally(this, Path).Single();
        Begin(Format, (decisions, file) => new ExportOptions { IncludeShared = IncludeShared, Import = Import, Portable = Portable, NoValue = NoValue, Decisions = decisions, SourceFile = file });
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        base.End();
        Errors.Target = null;

        // The same service may come twice, such as by name and by ARN.
        var services = Snapshots
            .GroupBy(snapshot => snapshot.Service.ServiceName, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        var unique = services.Where(IsUnique).Select(same => same.Single()).ToArray();
        if (IncludeShared && (unique.Length < services.Length || HasFailed))
            throw new InvalidParameterException("The file for all services is not written, because not all of them can be exported.");
        foreach (var export in PrivateAssemblies.ServiceExporter.Convert(Format, unique, Options))
        {
            Errors.Target = export.Subject;
            Errors.Guard(() => Write(export));
        }
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
}
