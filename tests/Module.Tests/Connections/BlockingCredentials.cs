using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Module.Tests.Connections;

/// <summary>Never returns, like a credential program that waits for user input.</summary>
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
