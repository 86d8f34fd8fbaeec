using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Module.Tests.Connections;

/// <summary>Has other keys each time it is asked, as credentials have that renew themselves; it can be asked by waiting only.</summary>
public sealed class RotatingCredentials
{
    private int asked;

    public Task<GivenKeys> GetCredentialsAsync() => Task.Run(() => new GivenKeys($"AKIDROTATED{Interlocked.Increment(ref asked)}", "hush", "t"));
}
