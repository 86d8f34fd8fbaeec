using System;
using System.Collections.Generic;
using System.Management.Automation;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>
/// Converts hashtables and objects to the parameter's shape while parameters are bound. It never throws: problems are kept with the
/// object and reported with those of the whole request.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ModelTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Declares the shape.</summary>
    /// <param name="shape">The parameter's type.</param>
    public ModelTransformationAttribute(Type shape) => Shape = shape;

    /// <summary>The parameter's type.</summary>
    public Type Shape { get; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        // An empty cell of a CSV row means that nothing is given.
        if (((inputData as PSObject)?.BaseObject ?? inputData) is null or "")
            return null;
        var problems = new List<Problem>();
        var bound = new ObjectBinder(problems).Bind(inputData, Shape, string.Empty) ?? Activator.CreateInstance(Shape)!;
        BindingProblems.Attach(bound, problems);
        return bound;
    }
}
