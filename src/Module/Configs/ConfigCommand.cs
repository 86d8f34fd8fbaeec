using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AppRunner.Binding;
using AppRunner.Common;
using AppRunner.Model.Rules;

namespace AppRunner.Configs;

/// <summary>The base of cmdlets that make a local object for a request: parameters named as the shape's members become its members. No call is made.</summary>
/// <typeparam name="TShape">The shape.</typeparam>
public abstract class ConfigCommand<TShape> : AppRunnerCommand
    where TShape : class, new()
{
    private string[] onCommandLine = [];

    /// <summary>The names of the parameters that say something about the record at hand.</summary>
    private protected ICollection<string> Given { get; private set; } = [];

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        onCommandLine = MyInvocation.BoundParameters.Keys.ToArray();
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        // The engine goes on counting as bound what only an earlier record had, and an empty cell of a row means that nothing is given.
        Given = MyInvocation.BoundParameters.Keys
            .Where(name => onCommandLine.Contains(name) || GetType().GetProperty(name)?.GetValue(this) is not (null or ""))
            .ToArray();
        var problems = new List<Problem>();
        var config = new TShape();
        Fill(config, problems);
        problems.AddRange(Complaints(config));
        Settle(problems, typeof(TShape).Name);
        WriteObject(config);
    }

    /// <summary>Sets the members; by default those whose names are parameters that were given.</summary>
    /// <param name="config">The new object.</param>
    /// <param name="problems">Gets what is wrong.</param>
    private protected virtual void Fill(TShape config, List<Problem> problems) => FillFrom(config, problems);

    /// <summary>Sets the members of an object whose names are parameters that were given.</summary>
    /// <param name="shape">The object.</param>
    /// <param name="problems">Gets what is wrong.</param>
    private protected void FillFrom(object shape, List<Problem> problems)
    {
        foreach (var member in RequestRules.WireMembers(shape.GetType()).Where(member => Given.Contains(member.Name)))
        {
            var value = GetType().GetProperty(member.Name, BindingFlags.Public | BindingFlags.Instance)!.GetValue(this);
            problems.AddRange(BindingProblems.Of(value, member.Name));
            member.SetValue(shape, new ObjectBinder(problems).Bind(value, member.PropertyType, member.Name, member));
        }
    }

    /// <summary>What the rules say of the object.</summary>
    /// <param name="config">The object.</param>
    /// <returns>The problems.</returns>
    private protected virtual IEnumerable<Problem> Complaints(TShape config) => RequestRules.Check(config);
}
