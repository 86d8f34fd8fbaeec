using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Tags;

/// <summary>Adds tags to resources; an existing key gets the new value (API: TagResource).</summary>
[Cmdlet(VerbsCommon.Add, "ARResourceTag", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void), typeof(object))]
public sealed class AddResourceTagCommand : TagChangeCommand
{
    /// <summary>The tags, as a hashtable; a resource has at most 50 (API: Tags).</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelTransformation(typeof(List<Tag>))]
    [Alias("Tags")]
    public List<Tag>? Tag { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => Change($"Add tags {string.Join(", ", (Tag ?? []).Select(tag => tag?.Key))}", arn =>
    {
        var request = new TagResourceRequest { ResourceArn = arn, Tags = Tag };
        Errors.ReportProblems([.. BindingProblems.Of(Tag, nameof(Tag)), .. RequestRules.Check(request)], "The list of tags");
        return request;
    });
}
