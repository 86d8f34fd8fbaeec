using System.Collections.Generic;
using AppRunner.Binding;
using AppRunner.Common;
using AppRunner.Model.Rules;

namespace AppRunner.Configs;

/// <summary>The base of cmdlets that make a local object for a request: parameters named as the shape's members become its members. No call is made.</summary>
/// <typeparam name="TShape">The shape.</typeparam>
public abstract class ConfigCommand<TShape> : AppRunnerCommand
    where TShape : class, new()
{
    private ShapeFiller filler = null!;

    /// <summary>The names of the parameters that say something about the record at hand.</summary>
    private protected ICollection<string> Given { get; private set; } = [];

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        filler = new ShapeFiller(this);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        Given = filler.Given;
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
    private protected void FillFrom(object shape, List<Problem> problems) => filler.Fill(shape, problems);

    /// <summary>What the rules say of the object.</summary>
    /// <param name="config">The object.</param>
    /// <returns>The problems.</returns>
    private protected virtual IEnumerable<Problem> Complaints(TShape config) => RequestRules.Check(config);
}
