using System;
using System.Management.Automation;
using AppRunner.Model;

namespace AppRunner.Resources;

/// <summary>Takes a resource where its ARN is asked for.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ResourceArnTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        ((inputData as PSObject)?.BaseObject ?? inputData) is IResource resource ? resource.ResourceArn : inputData;
}
