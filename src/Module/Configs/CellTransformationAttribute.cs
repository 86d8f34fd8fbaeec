using System;
using System.Management.Automation;

namespace AppRunner.Configs;

/// <summary>Takes a number or a flag from a row of texts, as a CSV file gives it: an empty cell means that nothing is given, not zero or false.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CellTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the words true and false stand for a flag.</summary>
    public bool IsFlag { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (((inputData as PSObject)?.BaseObject ?? inputData) is not string text)
            return inputData;
        if (text.Trim().Length == 0)
            return null;
        return IsFlag && bool.TryParse(text.Trim(), out var flag) ? flag : inputData;
    }
}
