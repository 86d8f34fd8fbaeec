using System;

namespace AppRunner.Model;

/// <summary>A client with an identity, in one region.</summary>
public interface IAppRunnerConnection : IAppRunnerClient, IDisposable
{
    /// <summary>The region that requests go to.</summary>
    string Region { get; }

    /// <summary>The address that requests go to.</summary>
    Uri Endpoint { get; }

    /// <summary>Where the credentials come from, in words: <c>profile "dev"</c>, <c>environment variables</c>. No key.</summary>
    string CredentialSource { get; }
}
