using System.Linq;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Session;

namespace AppRunner.LocalEndpoints;

/// <summary>Stops local endpoints of this process and deletes their services. Default: all endpoints.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ARLocalEndpoint", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = AllSet)]
[OutputType(typeof(void))]
public sealed class StopLocalEndpointCommand : LocalCommand
{
    private const string AllSet = "All";

    /// <summary>The port of the endpoint to stop.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Port")]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <summary>The endpoints to stop, from Start-ARLocalEndpoint or Get-ARLocalEndpoint.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    public LocalEndpoint[]? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        var chosen = InputObject ?? SessionContext.RunningEndpoints.Where(endpoint => Port == 0 || endpoint.Port == Port).ToArray();
        Errors.Target = Port;
        if (Port != 0 && chosen.Length == 0)
            throw new LocalEndpointException($"No local endpoint of this session is listening on port {Port}.");
        foreach (var endpoint in chosen.Where(endpoint => Confirmation.ShouldProcess(this, endpoint.EndpointUrl, "Stop local endpoint")))
            endpoint.Stop();
    }
}
