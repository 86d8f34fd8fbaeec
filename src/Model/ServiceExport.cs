using System.Collections.Generic;
using System.ComponentModel;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>The formats of Export-ARService.</summary>
internal static class ExportFormat
{
    /// <summary>The request of CreateService, for New-ARService and the AWS CLI.</summary>
    [Description("The request of CreateService, for New-ARService and the AWS CLI")]
    public const string CreateService = nameof(CreateService);

    /// <summary>A template of AWS CloudFormation.</summary>
    [Description("A template of AWS CloudFormation")]
    public const string CloudFormation = nameof(CloudFormation);

    /// <summary>A configuration of Terraform.</summary>
    [Description("A configuration of Terraform")]
    public const string Terraform = nameof(Terraform);

    /// <summary>The request of CreateExpressGatewayService, for the AWS CLI.</summary>
    [Description("The request of CreateExpressGatewayService, for the AWS CLI")]
    public const string EcsExpress = nameof(EcsExpress);

    /// <summary>A template of AWS CloudFormation for Amazon ECS Express Mode.</summary>
    [Description("A template of AWS CloudFormation for Amazon ECS Express Mode")]
    public const string EcsExpressCloudFormation = nameof(EcsExpressCloudFormation);

    /// <summary>A configuration of Terraform for Amazon ECS Express Mode.</summary>
    [Description("A configuration of Terraform for Amazon ECS Express Mode")]
    public const string EcsExpressTerraform = nameof(EcsExpressTerraform);

    /// <summary>A Dockerfile for a code service.</summary>
    [Description("A Dockerfile for a code service")]
    public const string Dockerfile = nameof(Dockerfile);
}

/// <summary>The switches of Export-ARService.</summary>
internal sealed class ExportOptions
{
    /// <summary>Whether the resources that services share are exported with them, all in one file.</summary>
    public bool IncludeShared { get; init; }

    /// <summary>Whether the file takes over the existing resources, instead of creating new ones.</summary>
    public bool Import { get; init; }

    /// <summary>Whether what belongs to the account is named by name or content, not by ARN.</summary>
    public bool Portable { get; init; }

    /// <summary>Whether the values of environment variables are left out.</summary>
    public bool NoValue { get; init; }

    /// <summary>What the user decided about Amazon ECS Express Mode.</summary>
    public ExpressDecisions Decisions { get; init; } = new();

    /// <summary>The content of the apprunner.yaml of a code service; null if none was given.</summary>
    public SourceFile? SourceFile { get; init; }
}

/// <summary>A file to write.</summary>
/// <param name="Name">Its name, without folder.</param>
/// <param name="Content">Its text, with a line feed at the end of each line.</param>
internal sealed record ExportedFile(string Name, string Content);

/// <summary>What one service becomes, or all services of a command in one file.</summary>
/// <param name="Subject">The name of the service or of the file, for messages.</param>
/// <param name="Files">The files; empty if there is an error.</param>
/// <param name="Problems">What cannot be carried over, with the path of the member. With an error there is no file.</param>
internal sealed record ServiceExport(string Subject, IReadOnlyList<ExportedFile> Files, IReadOnlyList<Problem> Problems);

/// <summary>Converts services to the files of other tools. The implementation is in AppRunner.Export, which is loaded on first use; it has a public constructor without parameters.</summary>
internal interface IServiceExporter
{
    /// <summary>What a format needs to know about a service.</summary>
    /// <param name="format">One of <see cref="ExportFormat"/>.</param>
    /// <param name="options">The switches.</param>
    /// <returns>The parts to read.</returns>
    /// <exception cref="InvalidParameterException">The format does not have one of the switches.</exception>
    SnapshotParts PartsFor(string format, ExportOptions options);

    /// <summary>Converts services. It makes no call and writes no file.</summary>
    /// <param name="format">One of <see cref="ExportFormat"/>.</param>
    /// <param name="services">The services, with the parts of <see cref="PartsFor"/>; names are unique.</param>
    /// <param name="options">The switches.</param>
    /// <returns>One export for each service in their order, or one for all.</returns>
    IReadOnlyList<ServiceExport> Convert(string format, IReadOnlyList<ServiceSnapshot> services, ExportOptions options);

    /// <summary>Checks whether a service can move to Amazon ECS Express Mode. It makes no call.</summary>
    /// <param name="service">The service, with the parts of <see cref="PartsFor"/> for <see cref="ExportFormat.EcsExpress"/>.</param>
    /// <param name="options">The decisions.</param>
    /// <returns>The status and the findings.</returns>
    ServiceMigration Examine(ServiceSnapshot service, ExportOptions options);

    /// <summary>Writes files that only their owner can read: all of them, or none.</summary>
    /// <param name="folder">The absolute path of the folder; created if it is absent.</param>
    /// <param name="files">The files.</param>
    /// <param name="overwrite">Whether existing files are replaced.</param>
    /// <exception cref="InvalidParameterException">A file exists, or cannot be written.</exception>
    void Write(string folder, IReadOnlyList<ExportedFile> files, bool overwrite);
}
