using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Model;

namespace AppRunner.Configs;

/// <summary>Creates an EncryptionConfiguration object: the key for the copy of the source and the logs.</summary>
[Cmdlet(VerbsCommon.New, "AREncryptionConfig", DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(EncryptionConfiguration))]
public sealed class NewEncryptionConfigCommand : ConfigCommand<EncryptionConfiguration>
{
    /// <summary>The ARN of a KMS key (API: KmsKey).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("KmsKeyArn", "Arn")]
    public string? KmsKey { get; set; }
}
