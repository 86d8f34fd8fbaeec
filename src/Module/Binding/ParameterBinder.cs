using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>Sets the members of a shape from the parameters of the same names, for each record.</summary>
/// <param name="cmdlet">The cmdlet. Its command line is already bound, its first record is not.</param>
internal sealed class ParameterBinder(PSCmdlet cmdlet)
{
    // The engine keeps a parameter in BoundParameters although only an earlier record had a value for it.
    private readonly string[] onCommandLine = cmdlet.MyInvocation.BoundParameters.Keys.ToArray();

    /// <summary>Sets the members whose parameters have a value for the current record; an empty cell of a row means "not given".</summary>
    /// <param name="shape">The object.</param>
    /// <param name="problems">Receives the problems.</param>
    public void Bind(object shape, List<Problem> problems) => Bind(shape, problems, cmdlet.MyInvocation.BoundParameters.Keys
        .Where(name => onCommandLine.Contains(name) || ValueOf(name) is not (null or "")));

    /// <summary>Sets the members whose parameters are on the command line.</summary>
    /// <param name="shape">The object.</param>
    /// <param name="problems">Receives the problems.</param>
    public void BindCommandLine(object shape, List<Problem> problems) => Bind(shape, problems, onCommandLine);

    /// <summary>Whether a parameter is on the command line.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>False if it is bound from the pipeline or not at all.</returns>
    public bool IsOnCommandLine(string name) => onCommandLine.Contains(name);

    private void Bind(object shape, List<Problem> problems, IEnumerable<string> names)
    {
        var given = names.ToArray();
        foreach (var member in RequestRules.WireMembers(shape.GetType()).Where(member => given.Contains(member.Name)))
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
