using System.Collections.Generic;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Model.Rules;

namespace AppRunner.Configs;

/// <summary>The base of cmdlets that create a local object for a request. Parameters with the name of a shape's member set that member. No call is made.</summary>
/// <typeparam name="TShape">The shape.</typeparam>
public abstract class ConfigCommand<TShape> : LocalCommand
    where TShape : class, new()
{
    /// <summary>Sets the members from the parameters.</summary>
    private protected ParameterBinder Parameters { get; private set; } = null!;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Parameters = new ParameterBinder(this);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        var problems = new List<Problem>();
        var config = new TShape();
        Fill(config, problems);
        problems.AddRange(Validate(config));
        Errors.ReportProblems(problems, typeof(TShape).Name);
        WriteObject(config);
    }

    /// <summary>Sets the members; by default from the parameters of the same names.</summary>
    /// <param name="config">The new object.</param>
    /// <param name="problems">Receives the problems.</param>
    private protected virtual void Fill(TShape config, List<Problem> problems) => Parameters.Bind(config, problems);

    /// <summary>Validates the object.</summary>
    /// <param name="config">The object.</param>
    /// <returns>The problems.</returns>
    private protected virtual IEnumerable<Problem> Validate(TShape config) => RequestRules.Check(config, allowNames: true);
}
