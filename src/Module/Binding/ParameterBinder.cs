using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>Makes parameters named as the members of a shape its members, record by record.</summary>
/// <param name="cmdlet">The cmdlet whose parameters they are. It has its command line already, and no record yet.</param>
internal sealed class ParameterBinder(PSCmdlet cmdlet)
{
    // The engine goes on counting as bound what only an earlier record had.
    private readonly string[] onCommandLine = cmdlet.MyInvocation.BoundParameters.Keys.ToArray();

    /// <summary>Sets the members whose names are parameters that say something about the record at hand; an empty cell of a row means that nothing is given.</summary>
    /// <param name="shape">The object.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public void Bind(object shape, List<Problem> problems) => Bind(shape, problems, cmdlet.MyInvocation.BoundParameters.Keys
        .Where(name => onCommandLine.Contains(name) || ValueOf(name) is not (null or "")));

    /// <summary>Sets the members whose names are parameters on the command line.</summary>
    /// <param name="shape">The object.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public void BindCommandLine(object shape, List<Problem> problems) => Bind(shape, problems, onCommandLine);

    private void Bind(object shape, List<Problem> problems, IEnumerable<string> names)
    {
        var given = names.ToArray();
        foreach (var member in RequestRules.WireMembers(shape.GetType()).Where(member => given.Contains(member.Name)))
        {
            var value = ValueOf(member.Name);
            problems.AddRange(BindingProblems.Of(value, member.Name));
            member.SetValue(shape, new ObjectBinder(problems).Bind(value, member.PropertyType, member.Name, member));
        }
    }

    private object? ValueOf(string parameter) => cmdlet.GetType().GetProperty(parameter)?.GetValue(cmdlet);
}
