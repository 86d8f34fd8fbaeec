using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using AppRunner.Model;

namespace AppRunner.Services;

/// <summary>Makes identities of names, ARNs and objects. What cannot be one is reported by the cmdlet, per record and with its own error id.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ServiceIdentityTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = (inputData as PSObject)?.BaseObject ?? inputData;
        return value is IEnumerable list and not string and not IDictionary
            ? list.Cast<object?>().Select(Make).ToArray()
            : new[] { Make(inputData) };
    }

    private static ServiceIdentity Make(object? input)
    {
        var value = (input as PSObject)?.BaseObject ?? input;
        switch (value)
        {
            case null or "":
                return new ServiceIdentity(null, null, null, problem: "A service's name or ARN cannot be empty.");
            case ServiceIdentity identity:
                return identity;
            case string text:
                return text.StartsWith("arn:", StringComparison.OrdinalIgnoreCase) ? new ServiceIdentity(text, text, null) : new ServiceIdentity(text, null, text);
            case IFormattable number when value.GetType().IsPrimitive:
                // Left to itself PowerShell reads the name 2024 as a number.
                return Make(number.ToString(null, CultureInfo.InvariantCulture));
            case Service service:
                return new ServiceIdentity(service, service.ServiceArn, service.ServiceName, service.OperationId);
            case Operation operation:
                return new ServiceIdentity(operation, operation.ServiceArn, operation.ServiceName, operation.Id);
            case IDictionary map:
                return FromMembers(input!, name => Text(map.Contains(name) ? map[name] : null), isRow: true);
            default:
                var members = PSObject.AsPSObject(input!);
                return FromMembers(input!, name => Text(members.Properties[name]?.Value), isRow: value is PSCustomObject);
        }
    }

    private static ServiceIdentity FromMembers(object input, Func<string, string?> get, bool isRow)
    {
        var arn = get("ServiceArn");

        // The Name of a row is the parameter's alias; the Name of a file or a process names no service.
        var name = get("ServiceName") ?? (isRow ? get("Name") : null);
        return (arn ?? name) is { Length: > 0 }
            ? new ServiceIdentity(input, arn, name, get("OperationId"))
            : new ServiceIdentity(input, null, null, problem: "The object has neither ServiceArn nor ServiceName; give a service's name, its ARN, or an object that carries one of them.");
    }

    private static string? Text(object? value) => ((value as PSObject)?.BaseObject ?? value) as string;
}
