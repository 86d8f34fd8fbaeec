using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Reflection;
using AppRunner.Binding;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Commands;

/// <summary>
/// Reads the objects of the pipeline, the same way for all cmdlets: the members of a hashtable, a dictionary, a row or another object set
/// the parameters of the same names, for one record. What the engine bound by property name is replaced, because the engine does not
/// read dictionaries, and ignores values that it cannot convert and unknown members.
/// </summary>
internal sealed class PipelineInput
{
    /// <summary>The parameter set of pipeline input. InputObject is its only mandatory parameter: an object may have all the others.</summary>
    public const string ParameterSet = nameof(InputObject);

    /// <summary>The default parameter set, without pipeline input.</summary>
    public const string CommandLineSet = "Parameters";

    private const string InputObject = "InputObject";

    private static readonly string[] SettingVerbs = [VerbsCommon.New, VerbsCommon.Add, VerbsCommon.Set];

    private readonly PSCmdlet cmdlet;
    private readonly ErrorReporter errors;
    private readonly CmdletParameters parameters;
    private readonly HashSet<string> onCommandLine;
    private readonly bool hasScriptBlocks;
    private readonly Dictionary<PropertyInfo, object?> initialValues;
    private readonly HashSet<string> given = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Problem> problems = [];

    /// <summary>Reads the cmdlet's parameters.</summary>
    /// <param name="cmdlet">The cmdlet. Its command line is already bound, its first record is not.</param>
    /// <param name="errors">Reports the problems of a record.</param>
    public PipelineInput(PSCmdlet cmdlet, ErrorReporter errors)
    {
        this.cmdlet = cmdlet;
        this.errors = errors;
        parameters = CmdletParameters.Of(cmdlet.GetType());

        // The engine counts a script block that calculates a parameter from each object (-Name { $_.Title }) as bound, and binds its results.
        onCommandLine = new HashSet<string>(cmdlet.MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
        hasScriptBlocks = parameters.FromPipeline.Any(parameter =>
            cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter.Name, out var value) && value is not null && !parameter.PropertyType.IsInstanceOfType(value));
        initialValues = parameters.FromPipeline.Where(parameter => !onCommandLine.Contains(parameter.Name)).ToDictionary(parameter => parameter, parameter => (object?)parameter.GetValue(cmdlet));
    }

    /// <summary>Takes what is special to a cmdlet out of an object before its members are read: returns the object whose members set parameters, or null if there is nothing more to read.</summary>
    public Func<object?, object?> Adapt { get; set; } = record => record;

    /// <summary>The names of members that <see cref="Adapt"/> reads, for error messages.</summary>
    public IReadOnlyCollection<string> AdaptedMembers { get; set; } = [];

    /// <summary>Whether the cmdlet reports <see cref="Problems"/>, in one error with those of its request.</summary>
    public bool IsReportedByCmdlet { get; set; }

    /// <summary>The problems of the current record.</summary>
    public ICollection<Problem> Problems => problems;

    /// <summary>Whether the current record is not an object with members, so that nothing else of it is worth reporting.</summary>
    public bool IsRejected { get; private set; }

    /// <summary>Whether a member of an object sets a parameter.</summary>
    /// <param name="member">Its name.</param>
    /// <returns>True if there is a parameter of that name or alias.</returns>
    public bool Takes(string member) => parameters.ByName.ContainsKey(member);

    /// <summary>Whether a parameter has a value on the command line.</summary>
    /// <param name="parameter">Its name.</param>
    /// <returns>True if objects do not set it.</returns>
    public bool IsOnCommandLine(string parameter) => onCommandLine.Contains(parameter);

    /// <summary>Whether a parameter has a value on the command line or in the current record.</summary>
    /// <param name="parameter">Its name.</param>
    /// <returns>True if it is given.</returns>
    public bool IsGiven(string parameter) => onCommandLine.Contains(parameter) || given.Contains(parameter);

    /// <summary>The objects of the current record: one, the entries of a list, a JSON document, or the result in the output of the AWS CLI. AutomationNull if the cmdlet got no object.</summary>
    /// <returns>The objects.</returns>
    public IEnumerable<object?> Records()
    {
        if (!HasInput)
            return [AutomationNull.Value];
        var input = parameters.InputObject!.GetValue(cmdlet);
        if (InputValue.Unwrap(input) is string text && JsonText.IsDocument(text) && !errors.Guard(() => input = JsonText.Parse(text)))
            return [];
        var records = InputValue.Unwrap(input) is IList list and not IDictionary ? list.Cast<object?>() : [input];
        return records.SelectMany(record => ApiOutput.ResultsIn(record, ResourceKind.All));
    }

    /// <summary>Sets the parameters from an object.</summary>
    /// <param name="record">An object of <see cref="Records"/>.</param>
    public void Bind(object? record)
    {
        problems.Clear();
        given.Clear();
        IsRejected = false;
        try
        {
            if (ReferenceEquals(record, AutomationNull.Value))
            {
                CheckIdentities();
            }
            else
            {
                // $null in any of its forms.
                record = InputValue.Unwrap(record) is null ? null : record;
                foreach (var initial in initialValues)
                    initial.Key.SetValue(cmdlet, initial.Value);
                BindIdentity(record);
                BindMembers(record);
            }
        }
        catch (InvalidParameterException unreadable) when (unreadable.IsPredicate)
        {
            Reject(unreadable.Message);
        }

        if (!IsReportedByCmdlet)
            errors.ReportProblems(problems, "The object from the pipeline");
    }

    private void BindIdentity(object? record)
    {
        if (parameters.Identity is not { } identity || onCommandLine.Contains(identity.Name))
            return;
        Set(identity, record);
        if (identity.GetValue(cmdlet) is ResourceIdentity[] { Length: 1 } one)
            errors.Target = one[0].Target;
    }

    private void BindMembers(object? record)
    {
        if (record is null)
        {
            if (parameters.Identity is null)
                Reject("is null.");
            return;
        }

        if (Adapt(record) is not { } rest)
            return;
        if (ObjectBinder.MembersOf(rest)?.ToArray() is not { } members)
        {
            // A text identifies a resource, if there is a parameter for it.
            if (parameters.Identity is null)
                Reject($"must be a hashtable or an object with members such as {string.Join(", ", parameters.Names.Take(3))}, not {ObjectBinder.Describe(InputValue.Unwrap(rest)!)}.");
            else if (onCommandLine.Contains(parameters.Identity.Name))
                Reject($"must be a hashtable or an object with members such as {string.Join(", ", parameters.Names.Skip(1))} if -{parameters.Identity.Name} is given, not {ObjectBinder.Describe(InputValue.Unwrap(rest)!)}.");
            return;
        }

        // PowerShell writes '' where a script assigns $null to a text of a typed object.
        var mayBeEmpty = InputValue.Unwrap(rest) is not { } source || source is IEnumerable or PSCustomObject;
        var isExpected = ExpectedMembers(InputValue.Unwrap(record), members);
        var values = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in members)
        {
            if (!parameters.ByName.TryGetValue(member.Key, out var parameter))
            {
                if (!isExpected(member.Key))
                    problems.Add(Unknown(member.Key));
            }
            else if (parameter != parameters.Identity && InputValue.Unwrap(member.Value) is { } value && (value is not "" || mayBeEmpty))
            {
                // An object may have one value under two names, such as Id and OperationId.
                if (!given.Add(parameter.Name))
                {
                    if (!Equals(value, values[parameter.Name]))
                        problems.Add(new Problem(parameter.Name, "is given twice."));
                    continue;
                }

                values[parameter.Name] = value;
                if (!onCommandLine.Contains(parameter.Name))
                    Set(parameter, member.Value);
            }
        }
    }

    private void Set(PropertyInfo parameter, object? value)
    {
        var before = problems.Count;
        try
        {
            foreach (var transformation in parameters.TransformationsOf(parameter))
                value = transformation.Transform(null!, value);
        }
        catch (ArgumentTransformationMetadataException invalid)
        {
            problems.Add(new Problem(parameter.Name, invalid.Message));
            return;
        }

        // Such as an array of identities, which is not a shape.
        if (value is null || (value is not string && parameter.PropertyType.IsInstanceOfType(value) && !RequestRules.IsShape(value.GetType())))
        {
            parameter.SetValue(cmdlet, value);
            return;
        }

        var binder = new ObjectBinder(problems) { IsParameter = true };
        var converted = parameter.PropertyType == typeof(string[])
            ? (binder.Bind(value, typeof(List<string>), parameter.Name) as List<string>)?.ToArray()
            : binder.Bind(value, parameter.PropertyType, parameter.Name, parameter);
        if (problems.Count > before)
            return;
        if (converted is null || parameter.PropertyType.IsInstanceOfType(converted))
            parameter.SetValue(cmdlet, converted);
        else
            problems.Add(new Problem(parameter.Name, $"must be {(parameter.PropertyType == typeof(TimeSpan?) ? "a number of seconds or a time span such as 00:01:30" : "a value of type " + parameter.PropertyType.Name)}, not {ObjectBinder.Describe(converted)}."));
    }

    // A hashtable that only identifies a resource is a parameter's value, not an InputObject.
    private void CheckIdentities()
    {
        if (parameters.Identity is not { } parameter || parameters.TakesSettings || parameter.GetValue(cmdlet) is not ResourceIdentity[] identities)
            return;
        foreach (var identity in identities.Where(identity => identity is { Problem: null, Value: IDictionary }))
        {
            errors.Target = identity.Target;
            var members = ObjectBinder.MembersOf(identity.Source!)!.ToArray();
            var isExpected = ExpectedMembers(identity.Value, members);
            problems.AddRange(members.Where(member => !parameters.ByName.ContainsKey(member.Key) && !isExpected(member.Key)).Select(member => Unknown(member.Key)));
        }
    }

    // Which members that are not parameters are accepted: those of the resource that the object identifies, and those of this cmdlet's output.
    private Func<string, bool> ExpectedMembers(object? record, KeyValuePair<string, object?>[] members)
    {
        var type = record?.GetType();
        var isObject = record is not IDictionary && type?.Assembly != typeof(PSObject).Assembly;
        if (hasScriptBlocks || (isObject && type!.Namespace?.StartsWith(nameof(AppRunner), StringComparison.Ordinal) == true) || (record is not IDictionary && parameters.Identity is not null && !SettingVerbs.Contains(parameters.Verb)))
            return _ => true;
        var hasArn = members.Any(member => member.Key.EndsWith("Arn", StringComparison.OrdinalIgnoreCase) && InputValue.Unwrap(member.Value) is string { Length: > 0 });
        var isOutput = parameters.Identity is not null
            || members.Any(member => member.Key.Equals(parameters.Noun + "Arn", StringComparison.OrdinalIgnoreCase))
            || (record is PSCustomObject && PSObject.AsPSObject(record).TypeNames.Any(name => name.StartsWith("Deserialized." + nameof(AppRunner) + ".", StringComparison.Ordinal)));
        var mayHaveRegion = hasArn || (parameters.Identity is { } identity && !(onCommandLine.Contains(identity.Name) && HasInput));
        return name => isOutput && parameters.OtherMembers.Contains(name) && (mayHaveRegion || !name.Equals("Region", StringComparison.OrdinalIgnoreCase));
    }

    // Whether the current record is an InputObject.
    private bool HasInput => parameters.HasInputObject && cmdlet.MyInvocation.BoundParameters.ContainsKey(InputObject);

    // The names of all members, by name and alias.
    private Dictionary<string, string> Known
    {
        get
        {
            var known = parameters.ByName.ToDictionary(pair => pair.Key, pair => pair.Value.Name, StringComparer.OrdinalIgnoreCase);
            foreach (var member in AdaptedMembers.Where(member => !known.ContainsKey(member)))
                known.Add(member, member);
            return known;
        }
    }

    private void Reject(string reason)
    {
        IsRejected = true;
        problems.Add(new Problem(InputObject, reason));
    }

    private Problem Unknown(string key) => parameters.CommandLineOnly.TryGetValue(key, out var parameter)
        ? new Problem(parameter, $"is not read from an object. Use the parameter -{parameter}.")
        : new Problem(ObjectBinder.Step(key), MemberHints.UnknownMember(key, Known));

    /// <summary>The parameters of a cmdlet class.</summary>
    private sealed class CmdletParameters
    {
        private static readonly Dictionary<Type, CmdletParameters> Known = [];

        private readonly Dictionary<PropertyInfo, ArgumentTransformationAttribute[]> transformations;

        private CmdletParameters(Type type)
        {
            var declaration = type.GetCustomAttribute<CmdletAttribute>()!;
            Verb = declaration.VerbName;
            Noun = declaration.NounName.StartsWith("AR", StringComparison.Ordinal) ? declaration.NounName.Substring(2) : declaration.NounName;
            var all = type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))).ToArray();
            InputObject = Array.Find(all, property => property.Name == nameof(InputObject) && property.PropertyType == typeof(PSObject));
            HasInputObject = InputObject is not null && IsDeclared(InputObject, attribute => attribute.ValueFromPipeline && attribute.ParameterSetName == ParameterSet)
                && Array.Exists(all, property => IsDeclared(property, attribute => attribute.ValueFromPipelineByPropertyName));
            FromPipeline = Array.FindAll(all.OrderBy(property => property.IsDefined(typeof(ResourceIdentityTransformationAttribute)) ? 0 : 1).ToArray(), property => IsDeclared(property, attribute => attribute.ValueFromPipelineByPropertyName));
            Identity = Array.Find(FromPipeline, property => property.IsDefined(typeof(ResourceIdentityTransformationAttribute)));
            ByName = Named(FromPipeline).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
            CommandLineOnly = Named(all.Except(FromPipeline)).ToDictionary(pair => pair.Key, pair => pair.Value.Name, StringComparer.OrdinalIgnoreCase);
            transformations = FromPipeline.ToDictionary(property => property, property => property.GetCustomAttributes<ArgumentTransformationAttribute>().Where(attribute => attribute is not BooleanTextTransformationAttribute).ToArray());
            Names = FromPipeline.Select(property => property.Name).ToArray();
            OtherMembers = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var kinds = Identity?.GetCustomAttribute<ResourceIdentityTransformationAttribute>() is { } identity ? identity.Kinds : [];
            TakesSettings = Identity?.GetCustomAttribute<ResourceIdentityTransformationAttribute>()?.TakesSettings == true;
            OtherMembers.UnionWith(kinds.SelectMany(kind => kind.MemberNames));
            OtherMembers.UnionWith(type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type).SelectMany(output => output.Type?.GetProperties() ?? []).Select(property => property.Name));
        }

        public string Verb { get; }

        public string Noun { get; }

        public bool HasInputObject { get; }

        public PropertyInfo? InputObject { get; }

        /// <summary>The parameters that objects can set.</summary>
        public PropertyInfo[] FromPipeline { get; }

        /// <summary>The parameter for the resource that the object identifies; null if there is none.</summary>
        public PropertyInfo? Identity { get; }

        /// <summary>Whether the object that identifies a resource also has settings, which the cmdlet checks.</summary>
        public bool TakesSettings { get; }

        /// <summary>The parameters that objects can set, by name and alias.</summary>
        public Dictionary<string, PropertyInfo> ByName { get; }

        /// <summary>The names of the other parameters, by name and alias.</summary>
        public Dictionary<string, string> CommandLineOnly { get; }

        /// <summary>The names of the parameters that objects can set.</summary>
        public string[] Names { get; }

        /// <summary>The members of the resources that the object can identify, and of the output.</summary>
        public HashSet<string> OtherMembers { get; }

        public static CmdletParameters Of(Type type)
        {
            lock (Known)
            {
                if (!Known.TryGetValue(type, out var parameters))
                    Known[type] = parameters = new CmdletParameters(type);
                return parameters;
            }
        }

        /// <summary>The transformations of a parameter, without those that only prepare a value for the engine's own conversion.</summary>
        /// <param name="parameter">The parameter.</param>
        /// <returns>The transformations.</returns>
        public ArgumentTransformationAttribute[] TransformationsOf(PropertyInfo parameter) => transformations[parameter];

        private static bool IsDeclared(PropertyInfo property, Func<ParameterAttribute, bool> condition) => property.GetCustomAttributes<ParameterAttribute>().Any(condition);

        private static IEnumerable<KeyValuePair<string, PropertyInfo>> Named(IEnumerable<PropertyInfo> properties) => properties.SelectMany(property =>
            property.GetCustomAttributes<AliasAttribute>().SelectMany(alias => alias.AliasNames).Prepend(property.Name).Select(name => new KeyValuePair<string, PropertyInfo>(name, property)));
    }
}
