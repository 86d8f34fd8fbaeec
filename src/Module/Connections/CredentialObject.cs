using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Connections;

/// <summary>
/// An AWSCredentials of whatever copy of AWS's SDK another module brought. No type of that can be named here, so its methods are found by
/// their names. It is asked before each call: it renews itself, and a snapshot of it would end within the hour.
/// </summary>
internal sealed class CredentialObject : IKeySource, IEquatable<CredentialObject>
{
    private readonly object credentials;
    private readonly MethodInfo method;

    private CredentialObject(object credentials, MethodInfo method, string name)
    {
        this.credentials = credentials;
        this.method = method;
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Sees an object as one that gives credentials.</summary>
    /// <param name="credentials">Any object.</param>
    /// <param name="name">Where it comes from, for messages.</param>
    /// <returns>Null where it does not, or where script does: that runs on the pipeline's thread only.</returns>
    public static CredentialObject? Of(object credentials, string name)
    {
        var type = credentials.GetType();
        var method = type.Assembly.IsDynamic ? null : type.GetMethod("GetCredentialsAsync", Type.EmptyTypes) ?? type.GetMethod("GetCredentials", Type.EmptyTypes);
        return method is null ? null : new CredentialObject(credentials, method, name);
    }

    /// <inheritdoc/>
    public async Task<(string AccessKey, string SecretKey, string? SessionToken)> GetKeysAsync()
    {
        object? given;
        try
        {
            given = method.Invoke(credentials, null);
            if (given is Task task)
            {
                await task.ConfigureAwait(false);
                given = Member(task, "Result");
            }
        }
        catch (Exception exception)
        {
            // The other module's own message; its exception could hold more than that.
            throw new InvalidOperationException((exception as TargetInvocationException)?.InnerException?.Message ?? exception.Message);
        }

        var keys = given is null ? null : CredentialTransformationAttribute.Read(part => Member(given, part));
        return keys is null
            ? throw new InvalidOperationException($"{method.Name} of {credentials.GetType().Name} gives no access key and secret key.")
            : (keys.AccessKey!, keys.SecretKey!, keys.SessionToken);
    }

    /// <summary>The same object from the same place is the same source, and shares a connection.</summary>
    /// <param name="other">Another source.</param>
    /// <returns>Whether they are the same.</returns>
    public bool Equals(CredentialObject? other) => other is not null && ReferenceEquals(credentials, other.credentials) && Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CredentialObject);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(credentials) ^ EqualityComparer<string>.Default.GetHashCode(Name);

    private static object? Member(object owner, string name) => owner.GetType().GetProperty(name)?.GetValue(owner);
}
