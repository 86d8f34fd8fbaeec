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
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        switch ((inputData as PSObject)?.BaseObject ?? inputData)
        {
            case null:
                return null;
            case AwsKeys keys:
                return keys;
            case PSCredential credential:
                return new AwsKeys(credential.UserName, credential.GetNetworkCredential().Password, null);
            case IDictionary map:
                return Read(name => map.Contains(name) ? map[name] : null) ?? Refused();
        }

        var source = PSObject.AsPSObject(inputData);
        return Read(name => source.Properties[name]?.Value) ?? ReadImmutable(source) ?? Refused();
    }

    private static AwsKeys? ReadImmutable(PSObject source)
    {
        if (source.Methods["GetCredentials"] is not { } method)
            return null;
        try
        {
            var immutable = PSObject.AsPSObject(method.Invoke());
            return Read(name => immutable.Properties[name]?.Value);
        }
        catch (MethodInvocationException failed)
        {
            // The other module's own words; its exception could hold more than that.
            return new AwsKeys("-Credential: GetCredentials failed: " + (failed.InnerException ?? failed).Message);
        }
    }

    private static AwsKeys? Read(Func<string, object?> get)
    {
        var access = Text(get("AccessKey") ?? get("AccessKeyId"));
        var secret = Text(get("SecretKey") ?? get("SecretAccessKey"));
        return access is null || secret is null ? null : new AwsKeys(access, secret, Text(get("SessionToken") ?? get("Token")));
    }

    private static string? Text(object? value) => (value as PSObject)?.BaseObject as string ?? value as string;

    private static AwsKeys Refused() =>
        new("-Credential takes a PSCredential (user name = access key id, password = secret key), an object with AccessKey and SecretKey, or an AWSCredentials.");
}
