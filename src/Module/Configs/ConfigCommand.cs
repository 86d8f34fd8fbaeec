using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Configs;

/// <summary>The base of cmdlets that create a local object for a request. Parameters with the name of a shape's member set that member. No call is made.</summary>
/// <typeparam name="TShape">The shape.</typeparam>
public abstract class ConfigCommand<TShape> : LocalCommand
    where TShape : class, new()
{
    // The member of a service, a definition or a request that has this shape.
    private static readonly string Member = typeof(Service).GetProperties().First(property => property.PropertyType == typeof(TShape)).Name;

    // What the object from the pipeline has of this shape; null if it has nothing.
    private TShape? original;

    /// <summary>What to start from: a hashtable or an object with the parameters of this cmdlet or the members of its output, the output itself, or a service or a definition of one. Parameters on the command line take precedence.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Sets the members from the parameters.</summary>
    private protected ParameterBinder Parameters { get; private set; } = null!;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Parameters = new ParameterBinder(this, Input.IsGiven);
        Input.Adapt = TakeOriginal;
        Input.AdaptedMembers = RequestRules.WireMembers(typeof(TShape)).Select(member => member.Name).ToArray();
        Input.IsReportedByCmdlet = true;
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        var problems = Input.Problems.ToList();

        // An object without members: do not report each missing one.
        if (Input.IsRejected)
            Errors.ReportProblems(problems, typeof(TShape).Name);
        var config = original ?? new TShape();
        Fill(config, problems);
        problems.AddRange(Validate(config));
        Errors.ReportProblems(problems, typeof(TShape).Name);
        WriteObject(config);
    }

    /// <summary>Sets the members that are given; by default from the parameters of the same names.</summary>
    /// <param name="config">The new object, with the members of the object from the pipeline.</param>
    /// <param name="problems">Receives the problems.</param>
    private protected virtual void Fill(TShape config, List<Problem> problems) => Parameters.Bind(config, problems);

    /// <summary>Validates the object.</summary>
    /// <param name="config">The object.</param>
    /// <returns>The problems.</returns>
    private protected virtual IEnumerable<Problem> Validate(TShape config) => RequestRules.Check(config, allowNames: true);

    // Takes this shape from an object, and returns the members for the parameters.
    private object? TakeOriginal(object? record)
    {
        original = null;
        var value = InputValue.Unwrap(record);
        if (value is TShape or Service or AppRunnerRequest)
        {
            original = WireJson.Clone((value as TShape ?? value.GetType().GetProperty(Member)?.GetValue(value)) is TShape shape ? (TShape)Patch.WithoutEmptyTexts(shape) : null);
            return null;
        }

        if (value is ServiceSummary listed)
            throw new InvalidParameterException($"A listed service has no {Member}. Pipe the complete service: Get-ARService {listed.ServiceName} | {MyInvocation.MyCommand.Name}.");
        if (record is null || ObjectBinder.MembersOf(record)?.ToArray() is not { } members)
            return record;

        // A service or a definition, such as from JSON: its other members are not for this cmdlet.
        var whole = Array.Find(members, one => Is(one, Member));
        if (whole.Key is not null || Array.Exists(members, one => Is(one, nameof(Service.ServiceArn))))
        {
            original = Bind(whole.Value, Member);
            return Array.FindAll(members, one => Input.Takes(one.Key) || !ResourceKind.Service.MemberNames.Contains(one.Key, StringComparer.OrdinalIgnoreCase));
        }

        // Members of the shape that are not parameters, such as EgressConfiguration.
        var parts = Array.FindAll(members, one => !Input.Takes(one.Key) && MembersByName.Of(typeof(TShape)).ContainsKey(one.Key));
        original = parts.Length == 0 ? null : Bind(parts, string.Empty);
        return members.Except(parts).ToArray();
    }

    // A copy: the output is a whole, but the binder marks objects that change only what they name.
    private TShape? Bind(object? value, string path) => WireJson.Clone((TShape?)new ObjectBinder(Input.Problems).Bind(value, typeof(TShape), path));

    private static bool Is(KeyValuePair<string, object?> member, string name) => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase);
}
