using System.Linq;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Session;

namespace AppRunner.LocalEndpoints;

/// <summary>Stops local endpoints of this process; their services are gone then. Without a parameter: all of them.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ARLocalEndpoint", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = AllSet)]
[OutputType(typeof(void))]
public sealed class StopLocalEndpointCommand : LocalCommand
{
    private const string AllSet = "All";

    /// <summary>The port of the one to stop.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Port")]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <summary>The endpoints to stop, as Start- and Get-ARLocalEndpoint write them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    public LocalEndpoint[]? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        var chosen = InputObject ?? SessionContext.RunningEndpoints.Where(endpoint => Port == 0 || endpoint.Port == Port).ToArray();
        Errors.Target = Port;
        if (Port != 0 && chosen.Length == 0)
            throw new LocalEndpointException($"No local endpoint of this session runs on port {Port}.");
        foreach (var endpoint in chosen.Where(endpoint => Confirmation.MayChange(this, endpoint.EndpointUrl, "Stop local App Runner")))
            endpoint.Stop();
    }
}
