using System;
using System.Threading;
using AppRunner.Model.Json;

namespace AppRunner.Loading;

/// <summary>
/// Prepares the first call of a process while the engine binds the parameters of its cmdlet: loads the client, and compiles its code by a call
/// that is not sent. Started by the first cmdlet that can call App Runner, and not by the import, so that a script that only imports the module
/// pays nothing for it.
/// </summary>
internal static class FirstCall
{
    private static int started;

    /// <summary>Starts the preparation, once in a process.</summary>
    public static void Prepare()
    {
        if (PrivateAssemblies.IsDesktop || Interlocked.Exchange(ref started, 1) != 0)
            return;

        // Threads of their own: the thread pool has few at the start, and the call itself needs them.
        Start(() => PrivateAssemblies.Rehearsal.Run());
        Start(WireJson.Rehearse);
    }

    private static void Start(Action prepare) => new Thread(() =>
    {
        try
        {
            prepare();
        }
        catch (Exception)
        {
            // The call itself does the same, and reports what fails.
        }
    })
    { IsBackground = true, Name = nameof(FirstCall) }.Start();
}
