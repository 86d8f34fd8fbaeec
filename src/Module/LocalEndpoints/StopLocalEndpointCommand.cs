using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Session;

namespace AppRunner.LocalEndpoints;

/// <summary>Stops local endpoints of this process and deletes their services. Default: all endpoints.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ARLocalEndpoint", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = AllSet)]
[OutputType(typeof(void))]
public sealed class StopLocalEndpointCommand : LocalCommand
{
    private const string AllSet = "All";

    // The endpoint from the pipeline; null if only its port is known.
    private LocalEndpoint? endpoint;

    /// <summary>The port of the endpoint to stop.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Port")]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    public int Port { get; set; }

    /// <summary>The endpoints to stop: from Start-ARLocalEndpoint or Get-ARLocalEndpoint, ports, or hashtables and objects with Port.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Input.Adapt = Read;
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == PipelineInput.ParameterSet && endpoint is null && !Input.IsGiven(nameof(Port)))
            throw new InvalidParameterException("The object from the pipeline has no Port.");
        var chosen = endpoint is null ? SessionContext.RunningEndpoints.Where(running => !Input.IsGiven(nameof(Port)) || running.Port == Port).ToArray() : [endpoint];
        Errors.Target = Port;
        if (Input.IsGiven(nameof(Port)) && chosen.Length == 0)
            throw new LocalEndpointException($"No local endpoint of this session is listening on port {Port}.");
        foreach (var one in chosen.Where(one => Confirmation.ShouldProcess(this, one.EndpointUrl, "Stop local endpoint")))
            one.Stop();
    }

    // Takes an endpoint, and returns the members for the parameters. The other members of an endpoint, such as from JSON, do not matter.
    private object? Read(object? record)
    {
        var value = InputValue.Unwrap(record);
        endpoint = value as LocalEndpoint;
        if (endpoint is not null)
            return null;
        if (value is int or long or string)
            return new Dictionary<string, object?> { [nameof(Port)] = value };
        return record is not null && ObjectBinder.MembersOf(record) is { } members
            ? members.Where(member => Input.Takes(member.Key) || typeof(LocalEndpoint).GetProperty(member.Key) is null).ToArray()
            : record;
    }
}
