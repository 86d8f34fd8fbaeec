using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Tags;

/// <summary>Reads the tags of resources (API: ListTagsForResource).</summary>
[Cmdlet(VerbsCommon.Get, "ARResourceTag")]
[OutputType(typeof(Tag))]
public sealed class GetResourceTagCommand : RemoteCommand<string>
{
    /// <summary>The resources: ARNs of any kind, objects with one, or names of services.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceArn", "Arn", "ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service), AnyKind = true)]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Resource { get; set; } = [];

    /// <summary>Only tags with these keys; wildcards allowed.</summary>
    [Parameter(Position = 1)]
    [Alias("Key")]
    [SupportsWildcards]
    public string[]? TagKey { get; set; }

    /// <inheritdoc/>
    private protected override int ConcurrencyLimit => 8;

    /// <inheritdoc/>
    private protected override void Process() => ForEach(Resource, ResourceKind.Service, Region, resource =>
    {
        var patterns = TagKey?.Select(key => Wildcards.Parse(key, ignoreCase: false)).ToArray();
        Work.Enqueue(Errors.Target, async () =>
        {
            var tags = await resource.Connection.ReadTagsAsync(resource.Arn, Stopped).ConfigureAwait(false);
            foreach (var tag in tags.Where(tag => patterns is null || patterns.Any(pattern => pattern.IsMatch(tag.Key ?? string.Empty))))
            {
                tag.ResourceArn = resource.Arn;
                await Work.PostAsync(() => WriteObject(tag)).ConfigureAwait(false);
            }
        });
    });
}
