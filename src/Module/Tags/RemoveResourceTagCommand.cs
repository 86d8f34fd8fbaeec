using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Tags;

/// <summary>Removes tags from resources; a key that does not exist is not an error (API: UntagResource).</summary>
[Cmdlet(VerbsCommon.Remove, "ARResourceTag", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void), typeof(object))]
public sealed class RemoveResourceTagCommand : TagChangeCommand
{
    /// <summary>The keys (API: TagKeys).</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Key", "TagKeys")]
    public string[] TagKey { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process() => Change($"Remove tags {string.Join(", ", TagKey)}", arn =>
    {
        var request = new UntagResourceRequest { ResourceArn = arn, TagKeys = [.. TagKey] };
        Errors.ReportProblems(RequestRules.Check(request), "The list of keys");
        return request;
    });
}
