using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Module.Tests.Connections;

/// <summary>Returns other keys for each call, like credentials that are refreshed; has only an asynchronous method.</summary>
public sealed class RotatingCredentials
{
    private int calls;

    public Task<GivenKeys> GetCredentialsAsync() => Task.Run(() => new GivenKeys($"AKIDROTATED{Interlocked.Increment(ref calls)}", "hush", "t"));
}
