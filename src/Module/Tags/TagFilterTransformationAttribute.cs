using System;
using System.Collections.Generic;
using System.Management.Automation;
using AppRunner.Binding;

namespace AppRunner.Tags;

/// <summary>Takes tags to look for also as a text such as <c>env=dev</c> or as an object. A dictionary is left as it is: its values may be null or patterns.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TagFilterTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly ModelTransformationAttribute Pairs = new(typeof(Dictionary<string, string>));

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        ((inputData as PSObject)?.BaseObject ?? inputData) is string or PSCustomObject ? Pairs.Transform(engineIntrinsics, inputData) : inputData;
}
