using System;
using System.IO;

namespace AppRunner.Module.Tests.Connections;

/// <summary>Cannot give keys any more.</summary>
public sealed class FailingCredentials(bool throws)
{
    public GivenKeys? GetCredentials() => throws ? throw new InvalidOperationException("the sign-on is over", new IOException("hush")) : null;
}
