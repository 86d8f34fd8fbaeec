using System.Management.Automation;
using AppRunner.Completion;

namespace AppRunner.Common;

/// <summary>The base of cmdlets that work in one region at a time.</summary>
public abstract class RegionalCommand : RemoteCommand
{
    /// <summary>The region, such as <c>eu-west-1</c>. The region of an ARN wins. Default: Set-ARContext, then AWS_REGION, AWS_DEFAULT_REGION, the profile, the instance.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }
}
