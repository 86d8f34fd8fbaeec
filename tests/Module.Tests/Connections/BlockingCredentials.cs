using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Module.Tests.Connections;

/// <summary>Never comes back, as where a program waits for somebody's answer.</summary>
public sealed class BlockingCredentials
{
    private static readonly TaskCompletionSource WasAsked = new();

    public static Task Asked => WasAsked.Task;

    public GivenKeys GetCredentials()
    {
        WasAsked.TrySetResult();
        Thread.Sleep(Timeout.Infinite);
        return new GivenKeys("AKIDNEVER", "hush", null);
    }
}
