using System;
using System.Management.Automation;

namespace AppRunner.VpcConnectors;

/// <summary>Takes a list of IDs also as one text, as a row of a CSV file gives it: separated by spaces, commas or semicolons.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdListTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly char[] Separators = [' ', ',', ';', '\t', '\r', '\n'];

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        ((inputData as PSObject)?.BaseObject ?? inputData) is string text ? text.Split(Separators, StringSplitOptions.RemoveEmptyEntries) : inputData;
}
