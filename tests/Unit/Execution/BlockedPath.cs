using System;
using System.IO;
using System.Text;

namespace AppRunner.Unit.Tests.Execution;

/// <summary>A path of the web application of the tests whose response waits for <see cref="Unblock"/>.</summary>
internal sealed class BlockedPath : IDisposable
{
    private readonly string file = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Guid.NewGuid().ToString("N"));

    public string Path => "/wait/" + Convert.ToHexString(Encoding.UTF8.GetBytes(file));

    public void Unblock() => File.WriteAllText(file, string.Empty);

    public void Dispose() => File.Delete(file);
}
