using System;
using System.Collections;
using System.Management.Automation;

namespace AppRunner.Connections;

/// <summary>
/// Turns what people have into keys: a PSCredential (user name = access key id, password = secret key), a hashtable or object with
/// AccessKey/SecretKey/SessionToken or AccessKeyId/SecretAccessKey/SessionToken (as STS answers), or an AWSCredentials of another
/// module, by its GetCredentials method.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CredentialTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    /// <remarks>A variable that is $null because its assignment failed is an error: no fallback to other credentials.</remarks>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Of(inputData, "-Credential") ?? new AwsKeys("-Credential is $null: give an identity, or leave the parameter out to take the one that is found by itself (about_ARAuthentication).");

    /// <summary>Sees a value as credentials.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="name">Where it comes from, for messages.</param>
    /// <returns>The keys, what gives them, or what is wrong with the value; null for nothing.</returns>
    internal static AwsKeys? Of(object? value, string name)
    {
        var plain = (value as PSObject)?.BaseObject ?? value;
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
                return Read(key => map.Contains(key) ? map[key] : null) ?? Refused(name);
        }

        if (AwsToolsVariables.TryUnwrap(plain, out var inside))
            return Of(inside, name) ?? Refused(name);
        if (CredentialObject.Of(plain, name) is { } source)
            return new AwsKeys(source);
        var members = PSObject.AsPSObject(value);
        return Read(key => members.Properties[key]?.Value) ?? ReadByScript(members, name) ?? Refused(name);
    }

    /// <summary>Reads a pair of keys by the names that AWS's tools and services give their parts.</summary>
    /// <param name="get">Gives a part by its name; null where it is not there.</param>
    /// <returns>The keys; null where they are not there.</returns>
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
            // The other module's own message; its exception could hold more than that.
            return new AwsKeys($"{name}: GetCredentials failed: {(failed.InnerException ?? failed).Message}");
        }
    }

    private static string? Text(object? value) => (value as PSObject)?.BaseObject as string ?? value as string;

    private static AwsKeys Refused(string name) =>
        new($"{name} takes a PSCredential (user name = access key id, password = secret key), an object with AccessKey and SecretKey, or an AWSCredentials.");
}
