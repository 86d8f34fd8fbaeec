using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Export;

/// <summary>One format of Export-ARService.</summary>
internal interface IExportFormat
{
    /// <summary>One of <see cref="ExportFormat"/>.</summary>
    string Name { get; }

    /// <summary>The end of a file's name, after the service's name, such as <c>.create-service.json</c>.</summary>
    string Suffix { get; }

    /// <summary>The names of the switches and decisions that the format has.</summary>
    IReadOnlyCollection<string> Switches { get; }

    /// <summary>What it needs to know about a service.</summary>
    /// <param name="options">The switches.</param>
    /// <returns>The parts to read.</returns>
    SnapshotParts PartsFor(ExportOptions options);

    /// <summary>Converts one service, or with IncludeShared all services of the command.</summary>
    /// <param name="services">At least one service.</param>
    /// <param name="names">The names that files of the command already declare, such as variables of Terraform; new ones are added.</param>
    /// <param name="name">The name of the files, without suffix.</param>
    /// <param name="options">The switches.</param>
    /// <param name="problems">Gets what cannot be carried over, with the path of the member.</param>
    /// <returns>The files; they are not written if a problem is an error.</returns>
    IEnumerable<ExportedFile> Write(IReadOnlyList<ServiceSnapshot> services, UniqueNames names, string name, ExportOptions options, ExportProblems problems);
}

/// <summary>All formats.</summary>
public sealed class ServiceExporter : IServiceExporter
{
    // The file of a command with IncludeShared.
    private const string CommonName = "apprunner";

    private static readonly IExportFormat[] Formats =
    [
        new CreateServiceFormat(), new CloudFormationFormat(), new TerraformFormat(),
        new EcsExpressFormat(), new EcsExpressCloudFormationFormat(), new EcsExpressTerraformFormat(), new DockerfileFormat(),
    ];

    /// <inheritdoc/>
    SnapshotParts IServiceExporter.PartsFor(string format, ExportOptions options)
    {
        var known = Of(format);
        foreach (var name in Given(options))
        {
            if (!known.Switches.Contains(name))
                throw new InvalidParameterException($"{name} is used with -Format {string.Join(" or ", Formats.Where(other => other.Switches.Contains(name)).Select(other => other.Name))}, not with {known.Name}.");
        }

        return known.PartsFor(options);
    }

    /// <inheritdoc/>
    IReadOnlyList<ServiceExport> IServiceExporter.Convert(string format, IReadOnlyList<ServiceSnapshot> services, ExportOptions options)
    {
        var known = Of(format);
        var names = new UniqueNames();
        return options.IncludeShared
            ? services.Count == 0 ? [] : [Convert(known, services, names, CommonName, options)]
            : services.Select(service => Convert(known, [service], names, service.Service.ServiceName!, options)).ToArray();
    }

    /// <inheritdoc/>
    ServiceMigration IServiceExporter.Examine(ServiceSnapshot service, ExportOptions options) => new(service.Service, ExpressMapping.Of(service, options).Findings);

    /// <inheritdoc/>
    void IServiceExporter.Write(string folder, IReadOnlyList<ExportedFile> files, bool overwrite) => PrivateFiles.Write(folder, files, overwrite);

    private static IEnumerable<string> Given(ExportOptions options)
    {
        foreach (var (name, isGiven) in new[]
        {
            (nameof(options.IncludeShared), options.IncludeShared),
            (nameof(options.Import), options.Import),
            (nameof(options.Portable), options.Portable),
            (nameof(options.NoValue), options.NoValue),
            (nameof(options.SourceFile), options.SourceFile is not null),
        })
        {
            if (isGiven)
                yield return name;
        }

        foreach (var name in options.Decisions.Given)
            yield return name;
    }

    private static ServiceExport Convert(IExportFormat format, IReadOnlyList<ServiceSnapshot> services, UniqueNames names, string name, ExportOptions options)
    {
        var problems = new ExportProblems();
        var files = format.Write(services, names, name, options, problems).ToArray();
        return new ServiceExport(name, problems.All.Any(problem => problem.Severity == ProblemSeverity.Error) ? [] : files, problems.All);
    }

    private static IExportFormat Of(string format) => Formats.First(known => known.Name.Equals(format, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Collects what cannot be carried over.</summary>
internal sealed class ExportProblems
{
    private readonly List<Problem> problems = [];

    /// <summary>The problems, in the order of their discovery.</summary>
    public IReadOnlyList<Problem> All => problems;

    /// <summary>Adds a warning.</summary>
    /// <param name="service">The service.</param>
    /// <param name="path">The path of the member, as in Get-ARService's output.</param>
    /// <param name="message">A predicate of the member, as a sentence. Never contains a sensitive value.</param>
    public void Warn(ServiceSnapshot service, string path, string message) => Add(service, path, message, ProblemSeverity.Warning);

    /// <summary>Adds an error: the service is not exported.</summary>
    /// <param name="service">The service.</param>
    /// <param name="path">The path of the member, as in Get-ARService's output.</param>
    /// <param name="message">A predicate of the member, as a sentence. Never contains a sensitive value.</param>
    public void Refuse(ServiceSnapshot service, string path, string message) => Add(service, path, message, ProblemSeverity.Error);

    private void Add(ServiceSnapshot service, string path, string message, ProblemSeverity severity) =>
        problems.Add(new Problem($"{service.Service.ServiceName}: {path}", message, severity));
}

/// <summary>Names that must be unique, such as logical ids.</summary>
/// <param name="comparer">How names are compared.</param>
internal sealed class UniqueNames(StringComparer? comparer = null)
{
    private readonly HashSet<string> taken = new(comparer ?? StringComparer.Ordinal);

    /// <summary>Makes a name unique.</summary>
    /// <param name="name">The wanted name.</param>
    /// <returns>The name, with a number if it is taken.</returns>
    public string Add(string name)
    {
        var unique = name;
        for (var number = 2; !taken.Add(unique); number++)
            unique = name + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return unique;
    }
}
