using System;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Tags;

/// <summary>The base of cmdlets that change the tags of resources.</summary>
public abstract class TagChangeCommand : RemoteCommand<string>
{
    /// <summary>The resources: ARNs of any kind, objects with one, or names of services.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceArn", "Arn", "ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service), AnyKind = true)]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Resource { get; set; } = [];

    /// <summary>Writes the input object, for the next cmdlet of the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Sends a request for each resource.</summary>
    /// <typeparam name="TResponse">The type of its response.</typeparam>
    /// <param name="action">The action for ShouldProcess.</param>
    /// <param name="make">Creates the request for an ARN, and reports its problems.</param>
    private protected void Change<TResponse>(string action, Func<string, AppRunnerRequest<TResponse>> make)
        where TResponse : AppRunnerResponse
    {
        foreach (var identity in Resource)
        {
            ForEach([identity], ResourceKind.Service, Region, resource => Requests.Send(make(resource.Arn), resource.Caption, action, resource.Connection, _ =>
            {
                if (PassThru)
                    WriteObject(identity.Source);
            }));
        }
    }
}
