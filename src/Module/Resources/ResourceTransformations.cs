using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using AppRunner.Inputs;
using AppRunner.Model;

namespace AppRunner.Resources;

/// <summary>Converts names, ARNs and objects to identities. Invalid values are reported by the cmdlet, per record and with this module's error id.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ResourceIdentityTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly char[] NeverInNames = ['"', '{', '}', '\r', '\n'];

    private readonly ResourceKind kind;

    /// <summary>Declares the kind of resource.</summary>
    /// <param name="noun">The API's noun, such as <c>Service</c> or <c>VpcConnector</c>.</param>
    public ResourceIdentityTransformationAttribute(string noun) => kind = ResourceKind.Of(noun);

    /// <summary>The API's noun.</summary>
    public string Noun => kind.Noun;

    /// <summary>Whether objects and ARNs of any kind are accepted; a name then means a resource of <see cref="Noun"/>.</summary>
    public bool AnyKind { get; set; }

    /// <summary>The kinds of resources that are accepted.</summary>
    public IReadOnlyList<ResourceKind> Kinds => AnyKind ? ResourceKind.All : [kind];

    /// <summary>Whether an object may also have settings, which the cmdlet checks.</summary>
    public bool TakesSettings { get; set; }

    /// <summary>Whether Name of a row is ignored here, because it names the resource to create.</summary>
    public bool IgnoresName { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            // An object with settings is read by the cmdlet, with all its forms.
            return TakesSettings ? Entries(inputData).Select(MakeReadable).ToArray()
                : Entries(DocumentIn(inputData) ?? inputData).SelectMany(entry => ApiOutput.ResultsIn(entry, Kinds)).Select(MakeReadable).ToArray();
        }
        catch (InvalidParameterException unreadable) when (unreadable.IsPredicate)
        {
            return new[] { new ResourceIdentity(null, null, null, problem: $"The list of names or ARNs {unreadable.Message}") };
        }
        catch (InvalidParameterException unreadable)
        {
            return new[] { new ResourceIdentity(null, null, null, problem: unreadable.Message) };
        }
    }

    private static IEnumerable<object?> Entries(object? input) => InputValue.Unwrap(input) is IEnumerable list and not (string or IDictionary) ? CallerList.Entries(list) : [input];

    // A text that begins with [ may also be a wildcard pattern.
    private static object? DocumentIn(object? input)
    {
        if (InputValue.Unwrap(input) is not string text || !JsonText.IsDocument(text))
            return null;
        try
        {
            return JsonText.Parse(text);
        }
        catch (InvalidParameterException) when (text.TrimStart()[0] == '[')
        {
            return null;
        }
    }

    // Properties and dictionaries of the caller may throw.
    private ResourceIdentity MakeReadable(object? input)
    {
        try
        {
            return Make(input);
        }
        catch (InvalidParameterException unreadable) when (unreadable.IsPredicate)
        {
            return new ResourceIdentity(input, null, null, problem: $"The object {unreadable.Message}");
        }
    }

    private ResourceIdentity Make(object? input)
    {
        var value = InputValue.Unwrap(input);
        switch (value)
        {
            case null or "":
                return new ResourceIdentity(null, null, null, problem: $"The name or ARN of {kind.WithArticle} cannot be empty.");
            case ResourceIdentity identity:
                return identity;
            case string text when !TakesSettings && text.IndexOfAny(NeverInNames) >= 0:
                // It may be a line of a document, and hold a secret.
                return new ResourceIdentity(null, null, null, problem: $"The text is neither a name nor an ARN of {kind.WithArticle}. A JSON document must come as one text, as from Get-Content -Raw or Out-String.");
            case string text:
                return text.StartsWith("arn:", StringComparison.OrdinalIgnoreCase) ? WithArn(text, text, null) : new ResourceIdentity(text, null, text);
            case IFormattable number when value.GetType().IsPrimitive:
                // PowerShell parses a name such as 2024 as a number.
                return Make(number.ToString(null, CultureInfo.InvariantCulture));
            case Service service when kind == ResourceKind.Service:
                return WithArn(service, service.ServiceArn, service.ServiceName, service.OperationId, service.OperationType ?? TypeFor(service.Status));
            case Operation operation when kind == ResourceKind.Service:
                return WithArn(operation, operation.ServiceArn, operation.ServiceName, operation.Id, operation.Type);
            case IResource resource when AnyKind:
                return WithArn(resource, resource.ResourceArn, null);
            case IDictionary map:
                return FromMembers(input!, name => CallerList.Read(static at => at.map.Contains(at.name) ? at.map[at.name] : ValueOf(at.map, at.name), (map, name)), isRow: true);
            default:
                var members = PSObject.AsPSObject(input!);
                return FromMembers(input!, name => CallerList.Read(static at => at.members.Properties[at.name]?.Value, (members, name)), isRow: value is PSCustomObject);
        }
    }

    private ResourceIdentity FromMembers(object input, Func<string, object?> valueOf, bool isRow)
    {
        var arn = AnyKind
            ? Get("ResourceArn") ?? ResourceKind.All.Select(any => Get(any.ArnMember)).FirstOrDefault(found => found is not null)
            : Get(kind.ArnMember);

        // Name of a row is the parameter's alias; Name of other objects, such as files, is not the name of a service.
        var name = Get(kind.NameMember) ?? (isRow && !IgnoresName ? Get("Name") : null);

        // A row may have a member with the parameter's name, with a name, an ARN or an object.
        var region = isRow ? Get("Region") : null;
        if (isRow && (arn ?? name) is null && valueOf(AnyKind ? "Resource" : kind.Noun) is { } member && InputValue.Unwrap(member) is not "")
            return Make(member) is { Problem: null } named ? new ResourceIdentity(input, named.Arn, named.Name, named.OperationId ?? Get("OperationId"), operationType: named.OperationType, region: region ?? named.Region) : Make(member);
        return (arn ?? name) is not null
            ? WithArn(input, arn, name, Get("OperationId"), TypeFor(Get("Status")), region)
            : new ResourceIdentity(input, null, null, problem: $"The object has neither {(AnyKind ? "ResourceArn" : kind.ArnMember)} nor {kind.NameMember}; give the name of {kind.WithArticle}, its ARN, or an object with one of them.");

        string? Get(string member) => Text(valueOf(member));
    }

    // Not all dictionaries ignore case.
    private static object? ValueOf(IDictionary map, string name) =>
        map.Keys.OfType<string>().FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } key ? map[key] : null;

    private ResourceIdentity WithArn(object source, string? arn, string? name, string? operationId = null, string? operationType = null, string? region = null) =>
        new(source, arn, name, operationId, string.IsNullOrEmpty(arn) ? null : ProblemOf(arn!), operationType, region);

    // A service that is deleted need not exist any more.
    private static string? TypeFor(string? status) => status == ServiceStatus.Deleted ? OperationType.DeleteService : null;

    private string? ProblemOf(string arn)
    {
        if (AnyKind)
            return Arn.TryParse(arn, out var any) && ResourceKind.Of(any)?.TryParse(arn, out _) == true ? null : $"'{arn}' is not the ARN of an App Runner resource (arn:aws:apprunner:REGION:ACCOUNT:TYPE/NAME/ID).";
        return kind.TryParse(arn, out _)
            ? null
            : $"'{arn}' is not the ARN of {kind.WithArticle} (arn:aws:apprunner:REGION:ACCOUNT:{kind.ResourceType}/NAME/{(kind.HasRevisions ? "REVISION/" : string.Empty)}ID).";
    }

    // An empty cell of a CSV row means "not given". A member with an object, such as ServiceArn = $service, is the text that identifies it.
    private static string? Text(object? value) => InputValue.Unwrap(value) switch
    {
        string text => text.Length > 0 ? text : null,
        IResource resource => resource.ResourceArn,
        IFormattable number when number.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
