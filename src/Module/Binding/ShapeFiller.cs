using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>Makes parameters named as the members of a shape its members, record by record.</summary>
/// <param name="cmdlet">The cmdlet whose parameters they are.</param>
internal sealed class ShapeFiller(PSCmdlet cmdlet)
{
    // The engine goes on counting as bound what only an earlier record had.
    private readonly string[] onCommandLine = cmdlet.MyInvocation.BoundParameters.Keys.ToArray();

    /// <summary>The names of the parameters that say something about the record at hand; an empty cell of a row means that nothing is given.</summary>
    public ICollection<string> Given => cmdlet.MyInvocation.BoundParameters.Keys
        .Where(name => onCommandLine.Contains(name) || cmdlet.GetType().GetProperty(name)?.GetValue(cmdlet) is not (null or ""))
        .ToArray();

    /// <summary>Sets the members whose names are parameters that were given.</summary>
    /// <param name="shape">The object.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public void Fill(object shape, List<Problem> problems)
    {
        var given = Given;
        foreach (var member in RequestRules.WireMembers(shape.GetType()).Where(member => given.Contains(member.Name)))
        {
            var value = cmdlet.GetType().GetProperty(member.Name, BindingFlags.Public | BindingFlags.Instance)!.GetValue(cmdlet);
            problems.AddRange(BindingProblems.Of(value, member.Name));
            member.SetValue(shape, new ObjectBinder(problems).Bind(value, member.PropertyType, member.Name, member));
        }
    }
}
