using System;
using System.Management.Automation;
using System.Management.Automation.Internal;
using AppRunner.Model;

namespace AppRunner.Services;

/// <summary>
/// A definition in any form, as <c>-InputObject</c> takes it: a hashtable, an object, JSON text, a file and so on. It has the members of a
/// definition, without values, because PowerShell completes the keys of a hashtable from the members of the parameter's type.
/// </summary>
public sealed class DefinitionObject : CreateServiceRequest
{
    /// <summary>What the caller gave, as it was given.</summary>
    internal PSObject? Source { get; set; }
}

/// <summary>Accepts everything as a <see cref="DefinitionObject"/>; the cmdlet reads it, and reports what it cannot read.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DefinitionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        null or DefinitionObject { Source: not null } or PSObject { BaseObject: DefinitionObject { Source: not null } } => inputData,
        _ when ReferenceEquals(inputData, AutomationNull.Value) => null,
        _ => new DefinitionObject { Source = PSObject.AsPSObject(inputData) },
    };
}
