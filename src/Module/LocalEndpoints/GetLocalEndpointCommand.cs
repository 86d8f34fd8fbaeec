using System.Linq;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Session;

namespace AppRunner.LocalEndpoints;

/// <summary>Gets the local endpoints that run in this process, with the keys for other clients.</summary>
[Cmdlet(VerbsCommon.Get, "ARLocalEndpoint")]
[OutputType(typeof(LocalEndpoint))]
public sealed class GetLocalEndpointCommand : LocalCommand
{
    /// <summary>Only the endpoint on this port.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        Errors.Target = Port;
        var found = SessionContext.RunningEndpoints.Where(endpoint => Port == 0 || endpoint.Port == Port).ToArray();
        if (Port != 0 && found.Length == 0)
            throw new LocalEndpointException($"No local endpoint of this session is listening on port {Port}.");
        WriteObject(found, enumerateCollection: true);
    }
}
