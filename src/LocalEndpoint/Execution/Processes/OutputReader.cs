using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution.Processes;

/// <summary>Reads what a program writes, line by line.</summary>
internal static class OutputReader
{
    // A program that writes without ever ending a line must not fill the memory.
    private const int LongestLine = 8 * 1024;

    /// <summary>Reads until the end. Never throws.</summary>
    /// <param name="stream">The program's output.</param>
    /// <param name="line">Takes each line without its end; a longer one comes in pieces.</param>
    public static async Task ReadAsync(Stream stream, Action<string> line)
    {
        var bytes = new byte[4096];
        var chars = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var decoder = Encoding.UTF8.GetDecoder();
        var rest = new StringBuilder();
        try
        {
            while (true)
            {
                var count = await stream.ReadAsync(bytes).ConfigureAwait(false);
                var charCount = decoder.GetChars(bytes.AsSpan(0, count), chars, flush: count == 0);
                foreach (var c in chars.AsSpan(0, charCount))
                {
                    if (c != '\n')
                        rest.Append(c);
                    if (c == '\n' || rest.Length == LongestLine)
                        Flush();
                }

                if (count == 0)
                    break;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe is gone: what came until now is all.
        }

        if (rest.Length > 0)
            Flush();

        void Flush()
        {
            if (rest.Length > 0 && rest[^1] == '\r')
                rest.Length--;
            var text = rest.ToString();
            rest.Clear();
            line(text);
        }
    }
}
