using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.RepositoryConnections;

/// <summary>Creates a connection to a source code provider (API: CreateConnection). It can be used after its handshake was completed in the console; a warning has the URL.</summary>
[Cmdlet(VerbsCommon.New, "ARConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(Connection))]
public sealed class NewConnectionCommand : CreatingCommand<CreateConnectionRequest, CreateConnectionResponse>
{
    /// <summary>The name, 4 to 32 letters, digits, - or _ (API: ConnectionName).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Name")]
    public string? ConnectionName { get; set; }

    /// <summary>GITHUB or BITBUCKET (API: ProviderType).</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderTypeCompleter))]
    public string? ProviderType { get; set; }

    /// <inheritdoc/>
    private protected override string? NewName => ConnectionName;

    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.Connection;

    /// <inheritdoc/>
    private protected override IResource? ResultOf(CreateConnectionResponse response) => response.Connection;

    /// <inheritdoc/>
    private protected override void WriteCreated(IResource resource, IAppRunnerConnection connection)
    {
        base.WriteCreated(resource, connection);
        if (((Connection)resource).Status == ConnectionStatus.PendingHandshake)
        {
            WriteWarning(Session.IsLocal(connection)
                ? $"Connection \"{ConnectionName}\" has to be approved before you can use it: Approve-ARConnection {ConnectionName}{(Region is null ? string.Empty : " -Region " + connection.Region)}"
                : $"Complete the handshake of connection \"{ConnectionName}\" in the App Runner console before you use it: {GitConnections.ConsoleUrl(connection.Region)}");
        }
    }
}
