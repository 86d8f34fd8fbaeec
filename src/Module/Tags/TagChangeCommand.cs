using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Tags;

/// <summary>The base of cmdlets that change the tags of resources.</summary>
public abstract class TagChangeCommand : RemoteCommand<string>
{
    /// <summary>The resources: ARNs of any kind, objects with one, or names of services.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [Alias("ResourceArn", "Arn", "ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service), AnyKind = true)]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Resource { get; set; } = [];

    /// <summary>Resources or tags: names and ARNs, objects with an ARN, hashtables and objects with the parameters of this cmdlet as members, or tags, such as from Get-ARResourceTag. If the resource is on the command line, all tags from the pipeline are changed with one request.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Writes the input object, for the next cmdlet of the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Whether the tags come from the pipeline and the resources from the command line, so that one request for each resource has all tags.</summary>
    private protected bool CollectsTags => ParameterSetName == PipelineInput.ParameterSet && Input.IsOnCommandLine(nameof(Resource));

    /// <summary>The members of an object that is one tag, or null.</summary>
    /// <param name="record">An object from the pipeline.</param>
    /// <returns>Key, value, the other members, and whether it was read from a resource.</returns>
    private protected static (object Key, object? Value, IEnumerable<KeyValuePair<string, object?>> Others, bool IsOfResource)? TagIn(object? record)
    {
        var value = InputValue.Unwrap(record);
        if (value is Tag { Key: { } typed } tag)
            return (typed, tag.Value, [], tag.ResourceArn is not null);
        if (record is null || ObjectBinder.MembersOf(record)?.ToArray() is not { } members || Array.Find(members, one => Is(one, nameof(Model.Tag.Key))) is not { Value: { } key })
            return null;
        return (key, Array.Find(members, one => Is(one, nameof(Model.Tag.Value))).Value, members.Where(one => !Is(one, nameof(Model.Tag.Key)) && !Is(one, nameof(Model.Tag.Value))), Array.Exists(members, one => Is(one, nameof(Model.Tag.ResourceArn))));
    }

    private static bool Is(KeyValuePair<string, object?> member, string name) => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Sends a request for each resource.</summary>
    /// <typeparam name="TResponse">The type of its response.</typeparam>
    /// <param name="action">The action for ShouldProcess.</param>
    /// <param name="make">Creates the request for an ARN, and reports its problems.</param>
    private protected void Change<TResponse>(string action, Func<string, AppRunnerRequest<TResponse>> make)
        where TResponse : AppRunnerResponse
    {
        foreach (var identity in Resource)
        {
            ForEach([identity], ResourceKind.Service, Region, resource => Requests.Send(make(resource.Arn), Confirmation.TargetOf(resource), action, resource.Connection, _ =>
            {
                if (PassThru)
                    WriteObject(identity.Source);
            }));
        }
    }
}
