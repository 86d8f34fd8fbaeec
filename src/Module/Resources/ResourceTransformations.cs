using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using AppRunner.Model;

namespace AppRunner.Resources;

/// <summary>Converts names, ARNs and objects to identities. Invalid values are reported by the cmdlet, per record and with this module's error id.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ResourceIdentityTransformationAttribute : ArgumentTransformationAttribute
{
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
        var value = (inputData as PSObject)?.BaseObject ?? inputData;
        if (value is not IEnumerable list || value is string or IDictionary)
            return new[] { MakeReadable(inputData) };
        try
        {
            return CallerList.Entries(list).Select(MakeReadable).ToArray();
        }
        catch (InvalidParameterException unreadable) when (unreadable.IsPredicate)
        {
            return new[] { new ResourceIdentity(null, null, null, problem: $"The list of names or ARNs {unreadable.Message}") };
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
        var value = (input as PSObject)?.BaseObject ?? input;
        switch (value)
        {
            case null or "":
                return new ResourceIdentity(null, null, null, problem: $"The name or ARN of {kind.WithArticle} cannot be empty.");
            case ResourceIdentity identity:
                return identity;
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
                return FromMembers(input!, name => CallerList.Read(() => map.Contains(name) ? map[name] : ValueOf(map, name)), isRow: true);
            default:
                var members = PSObject.AsPSObject(input!);
                return FromMembers(input!, name => CallerList.Read(() => members.Properties[name]?.Value), isRow: value is PSCustomObject);
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
        if (isRow && (arn ?? name) is null && valueOf(AnyKind ? "Resource" : kind.Noun) is { } member && ((member as PSObject)?.BaseObject ?? member) is not "")
            return Make(member) is { Problem: null } named ? new ResourceIdentity(input, named.Arn, named.Name, named.OperationId ?? Get("OperationId"), operationType: named.OperationType) : Make(member);
        return (arn ?? name) is not null
            ? WithArn(input, arn, name, Get("OperationId"), TypeFor(Get("Status")))
            : new ResourceIdentity(input, null, null, problem: $"The object has neither {(AnyKind ? "ResourceArn" : kind.ArnMember)} nor {kind.NameMember}; give the name of {kind.WithArticle}, its ARN, or an object with one of them.");

        string? Get(string member) => Text(valueOf(member));
    }

    // Not all dictionaries ignore case.
    private static object? ValueOf(IDictionary map, string name) =>
        map.Keys.OfType<string>().FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } key ? map[key] : null;

    private ResourceIdentity WithArn(object source, string? arn, string? name, string? operationId = null, string? operationType = null) =>
        new(source, arn, name, operationId, string.IsNullOrEmpty(arn) ? null : ProblemOf(arn!), operationType);

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
    private static string? Text(object? value) => ((value as PSObject)?.BaseObject ?? value) switch
    {
        string text => text.Length > 0 ? text : null,
        IResource resource => resource.ResourceArn,
        IFormattable number when number.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
