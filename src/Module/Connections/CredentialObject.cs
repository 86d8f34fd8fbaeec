using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Connections;

/// <summary>
/// An AWSCredentials object of another module's copy of the AWS SDK. Its type is unknown here, so its methods are called by reflection.
/// It is called before each request, because it refreshes temporary keys; copied keys would expire.
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

    /// <summary>Wraps an object that provides credentials.</summary>
    /// <param name="credentials">Any object.</param>
    /// <param name="name">The source of the value, for messages.</param>
    /// <returns>Null if the object provides none, or if it is a PowerShell class, whose methods run on the pipeline thread only.</returns>
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
                await task.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Only the message: the exception could contain secrets.
            throw new KeysUnavailableException((exception as TargetInvocationException)?.InnerException?.Message ?? exception.Message);
        }

        if (given is Task completed)
            given = PropertyOf(completed, "Result");
        var keys = given is null ? null : CredentialTransformationAttribute.Read(part => PropertyOf(given, part));
        return keys is null
            ? throw new KeysUnavailableException($"{method.Name} of {credentials.GetType().Name} returned no access key and secret key.")
            : (keys.AccessKey!, keys.SecretKey!, keys.SessionToken);
    }

    /// <summary>The same object from the same source is equal, so that calls share a connection.</summary>
    /// <param name="other">Another object.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(CredentialObject? other) => other is not null && ReferenceEquals(credentials, other.credentials) && Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CredentialObject);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(credentials) ^ EqualityComparer<string>.Default.GetHashCode(Name);

    private static object? PropertyOf(object owner, string name)
    {
        try
        {
            return owner.GetType().GetProperty(name)?.GetValue(owner);
        }
        catch (TargetInvocationException exception)
        {
            throw new KeysUnavailableException(exception.InnerException?.Message ?? exception.Message);
        }
    }
}
