using System;
using System.IO;
using System.Text;

namespace AppRunner.Unit.Tests.Execution;

/// <summary>A path of the test's web application that is answered when the test wants it.</summary>
internal sealed class FileGate : IDisposable
{
    private readonly string file = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Guid.NewGuid().ToString("N"));

    public string Path => "/wait/" + Convert.ToHexString(Encoding.UTF8.GetBytes(file));

    public void Open() => File.WriteAllText(file, string.Empty);

    public void Dispose() => File.Delete(file);
}
