using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Tags;

/// <summary>Adds tags to resources; an existing key gets the new value (API: TagResource).</summary>
[Cmdlet(VerbsCommon.Add, "ARResourceTag", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(void), typeof(object))]
public sealed class AddResourceTagCommand : TagChangeCommand
{
    private readonly List<Tag> collected = [];

    private bool isReserved;

    /// <summary>The tags, as a hashtable; a resource has at most 50 (API: Tags).</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelTransformation(typeof(List<Tag>))]
    [Alias("Tags")]
    public List<Tag>? Tag { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Input.Adapt = Read;
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (isReserved)
            return;
        if (!CollectsTags)
        {
            Add(Tag);
            return;
        }

        var problems = RequestRules.Check(new TagResourceRequest { Tags = Tag }).Where(problem => problem.Path != nameof(TagResourceRequest.ResourceArn));
        Errors.ReportProblems([.. BindingProblems.Of(Tag, nameof(Tag)), .. problems], "The list of tags");

        // As with one request for each object, the last value of a key counts.
        collected.RemoveAll(earlier => Tag!.Exists(tag => tag.Key == earlier.Key));
        collected.AddRange(Tag!);
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (collected.Count > 0)
            Errors.Guard(() => Add(collected));
        base.End();
    }

    private void Add(List<Tag>? tags) => Change($"Add tags {string.Join(", ", (tags ?? []).Select(tag => tag?.Key))}", arn =>
    {
        var request = new TagResourceRequest { ResourceArn = arn, Tags = tags };
        Errors.ReportProblems([.. BindingProblems.Of(tags, nameof(Tag)), .. RequestRules.Check(request)], "The list of tags");
        return request;
    });

    // An object is a tag, or has the parameters as members, or is a value of -Tag.
    private object? Read(object? record)
    {
        isReserved = false;
        if (TagIn(record) is { } tag)
        {
            // A tag that was read from a resource.
            isReserved = tag.IsOfResource && new Tag { Key = InputValue.Unwrap(tag.Key) as string }.IsReserved;
            if (isReserved)
            {
                WriteWarning($"The tag {tag.Key} is reserved for AWS and is not copied.");
                return null;
            }

            return new[] { new KeyValuePair<string, object?>(nameof(Tag), new Dictionary<string, object?> { [nameof(Model.Tag.Key)] = tag.Key, [nameof(Model.Tag.Value)] = tag.Value }) }.Concat(tag.Others).ToArray();
        }

        var isValue = CollectsTags && !Input.IsOnCommandLine(nameof(Tag))
            && InputValue.Unwrap(record) is string or IDictionary or PSCustomObject && ObjectBinder.MembersOf(record!)?.Any(member => Input.Takes(member.Key)) != true;
        return isValue ? new[] { new KeyValuePair<string, object?>(nameof(Tag), record) } : record;
    }
}
