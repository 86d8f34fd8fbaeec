using System;
using System.Collections;
using System.Management.Automation;
using AppRunner.Inputs;

namespace AppRunner.Connections;

/// <summary>
/// Converts credentials of all common types: a PSCredential (user name = access key id, password = secret key), a hashtable or object with
/// AccessKey/SecretKey/SessionToken or AccessKeyId/SecretAccessKey/SessionToken (the output of STS), or an AWSCredentials of another
/// module, by its GetCredentials method.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CredentialTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    /// <remarks>$null is an error, because a failed assignment must not cause a fallback to other credentials.</remarks>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Of(inputData, "-Credential") ?? new AwsKeys("-Credential is $null. Specify credentials, or omit the parameter to use the default credentials (see about_ARAuthentication).");

    /// <summary>Converts a value to credentials.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="name">The source of the value, for messages.</param>
    /// <returns>The keys, or the reason why the value is invalid; null for an empty value.</returns>
    internal static AwsKeys? Of(object? value, string name)
    {
        var plain = InputValue.Unwrap(value);
        switch (plain)
        {
            case null:
                return null;
            case AwsKeys keys:
                return keys;
            case PSCredential credential when credential == PSCredential.Empty:
                return null;
            case PSCredential credential:
                return new AwsKeys(credential.UserName, credential.GetNetworkCredential().Password, null);
            case IDictionary map:
                return Read(key => map.Contains(key) ? map[key] : null) ?? Invalid(name);
        }

        if (AwsToolsVariables.TryUnwrap(plain, out var inside))
            return Of(inside, name) ?? Invalid(name);
        if (CredentialObject.Of(plain, name) is { } source)
            return new AwsKeys(source);
        var members = PSObject.AsPSObject(value);
        return Read(key => members.Properties[key]?.Value) ?? ReadByScript(members, name) ?? Invalid(name);
    }

    /// <summary>Reads an access key and a secret key by the property names of AWS.Tools and STS.</summary>
    /// <param name="get">Gets a property by name; null if there is none.</param>
    /// <returns>The keys; null if there are none.</returns>
    internal static AwsKeys? Read(Func<string, object?> get)
    {
        var access = Text(get("AccessKey") ?? get("AccessKeyId"));
        var secret = Text(get("SecretKey") ?? get("SecretAccessKey"));
        return access is null || secret is null ? null : new AwsKeys(access, secret, Text(get("SessionToken") ?? get("Token")));
    }

    private static AwsKeys? ReadByScript(PSObject source, string name)
    {
        if (source.Methods["GetCredentials"] is not { } method)
            return null;
        try
        {
            var immutable = PSObject.AsPSObject(method.Invoke());
            return Read(key => immutable.Properties[key]?.Value);
        }
        catch (MethodInvocationException failed)
        {
            // Only the message: the exception could contain secrets.
            return new AwsKeys($"{name}: GetCredentials failed: {(failed.InnerException ?? failed).Message}");
        }
    }

    private static string? Text(object? value) => InputValue.Unwrap(value) as string;

    private static AwsKeys Invalid(string name) =>
        new($"{name} must be a PSCredential (user name = access key id, password = secret key), an object with AccessKey and SecretKey, or an AWSCredentials.");
}
