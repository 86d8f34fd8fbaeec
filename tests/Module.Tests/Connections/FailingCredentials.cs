using System;
using System.IO;

namespace AppRunner.Module.Tests.Connections;

/// <summary>Credentials that can no longer be refreshed.</summary>
public sealed class FailingCredentials(bool throws)
{
    public GivenKeys? GetCredentials() => throws ? throw new InvalidOperationException("the sign-on is over", new IOException("hush")) : null;
}
