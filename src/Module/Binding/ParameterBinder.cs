using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>Sets the members of a shape from the parameters of the same names, for each record.</summary>
/// <param name="cmdlet">The cmdlet. Its command line is already bound, its first record is not.</param>
/// <param name="isGiven">Whether a parameter has a value on the command line or in the current record.</param>
internal sealed class ParameterBinder(PSCmdlet cmdlet, Func<string, bool> isGiven)
{
    private readonly string[] onCommandLine = cmdlet.MyInvocation.BoundParameters.Keys.ToArray();
    private readonly Dictionary<Type, PropertyInfo[]> given = [];

    /// <summary>Sets the members whose parameters have a value on the command line or in the current record.</summary>
    /// <param name="shape">The object.</param>
    /// <param name="problems">Receives the problems.</param>
    public void Bind(object shape, List<Problem> problems) => Bind(shape, problems, RequestRules.WireMembers(shape.GetType()).Where(member => isGiven(member.Name)));

    /// <summary>Sets the members whose parameters are on the command line.</summary>
    /// <param name="shape">The object.</param>
    /// <param name="problems">Receives the problems.</param>
    public void BindCommandLine(object shape, List<Problem> problems) => Bind(shape, problems, MembersOnCommandLine(shape.GetType()));

    /// <summary>Whether the command line has a value for a member of a shape. It is the same for all records.</summary>
    /// <param name="shape">The shape.</param>
    /// <returns>False if <see cref="BindCommandLine"/> would change nothing.</returns>
    public bool IsAnyOnCommandLine(Type shape) => MembersOnCommandLine(shape).Length > 0;

    /// <summary>Whether a parameter is on the command line.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>False if it is bound from the pipeline or not at all, or if its value is $null, which means the same.</returns>
    public bool IsOnCommandLine(string name) => onCommandLine.Contains(name) && ValueOf(name) is not null;

    private PropertyInfo[] MembersOnCommandLine(Type shape)
    {
        if (!given.TryGetValue(shape, out var members))
            given[shape] = members = RequestRules.WireMembers(shape).Where(member => onCommandLine.Contains(member.Name)).ToArray();
        return members;
    }

    private void Bind(object shape, List<Problem> problems, IEnumerable<PropertyInfo> members)
    {
        foreach (var member in members)
        {
            // -Parameter $null: leave the member as it is.
            if (ValueOf(member.Name) is not { } value)
                continue;
            problems.AddRange(BindingProblems.Of(value, member.Name));
            member.SetValue(shape, new ObjectBinder(problems) { IsParameter = true }.Bind(value, member.PropertyType, member.Name, member));
        }
    }

    private object? ValueOf(string parameter) => cmdlet.GetType().GetProperty(parameter)?.GetValue(cmdlet);
}
