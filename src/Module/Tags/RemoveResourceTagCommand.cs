using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Tags;

/// <summary>Removes tags from resources; a key that does not exist is not an error (API: UntagResource).</summary>
[Cmdlet(VerbsCommon.Remove, "ARResourceTag", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(void), typeof(object))]
public sealed class RemoveResourceTagCommand : TagChangeCommand
{
    private readonly List<string> collected = [];

    /// <summary>The keys (API: TagKeys).</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [Alias("Key", "TagKeys")]
    public string[]? TagKey { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Input.Adapt = Read;
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (!CollectsTags)
        {
            Remove(TagKey ?? []);
            return;
        }

        Errors.ReportProblems(RequestRules.Check(new UntagResourceRequest { TagKeys = [.. TagKey ?? []] }).Where(problem => problem.Path != nameof(UntagResourceRequest.ResourceArn)).ToArray(), "The list of keys");
        collected.AddRange(TagKey!.Except(collected));
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (collected.Count > 0)
            Errors.Guard(() => Remove(collected));
        base.End();
    }

    private void Remove(IReadOnlyCollection<string> keys) => Change($"Remove tags {string.Join(", ", keys)}", arn =>
    {
        var request = new UntagResourceRequest { ResourceArn = arn, TagKeys = [.. keys] };
        Errors.ReportProblems(RequestRules.Check(request), "The list of keys");
        return request;
    });

    // An object is a tag, a key, or has the parameters as members.
    private object? Read(object? record)
    {
        if (TagIn(record) is { } tag)
            return new[] { new KeyValuePair<string, object?>(nameof(TagKey), tag.Key) }.Concat(tag.Others).ToArray();
        return CollectsTags && InputValue.Unwrap(record) is string key ? new[] { new KeyValuePair<string, object?>(nameof(TagKey), key) } : record;
    }
}
