using System.Collections.Generic;
using System.IO;
using System.Text;
using AppRunner.Definitions.Yaml;
using AppRunner.Model;

namespace AppRunner.Definitions;

/// <summary>Reads apprunner.yaml, and finds everything that is wrong with it.</summary>
internal sealed class SourceFileReader : ISourceFileReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    public (SourceFile? File, IReadOnlyList<SourceFileProblem> Problems) Read(string text, string path)
    {
        var findings = new Findings(path);
        if (text.Length > SourceFile.MaximumLength)
            return TooLarge(findings);
        try
        {
            var root = YamlTree.Read(text.TrimStart('\uFEFF'));
            if (root is null or YamlScalar { IsNull: true })
            {
                findings.Add(Place.Start, string.Empty, "is empty.");
                return (null, findings.Problems);
            }

            var file = new SourceFileWalk(findings).Walk(root);
            return (findings.HasErrors ? null : file, findings.Problems);
        }
        catch (YamlFaultException fault)
        {
            findings.Add(fault.Place, string.Empty, fault.Message);
            return (null, findings.Problems);
        }
    }

    /// <inheritdoc/>
    public (SourceFile? File, IReadOnlyList<SourceFileProblem> Problems) ReadFile(string path)
    {
        var bytes = new byte[SourceFile.MaximumLength + 1];
        var count = 0;
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            for (var read = 1; read > 0 && count < bytes.Length; count += read)
                read = stream.Read(bytes, count, bytes.Length - count);
        }

        var findings = new Findings(path);
        if (count > SourceFile.MaximumLength)
            return TooLarge(findings);
        try
        {
            return Read(Strict.GetString(bytes, 0, count), path);
        }
        catch (DecoderFallbackException undecodable)
        {
            // What precedes the wrong byte is text.
            var before = Encoding.UTF8.GetString(bytes, 0, undecodable.Index < 0 ? 0 : undecodable.Index);
            findings.Add(Place.Of(before, before.Length), string.Empty, "is not UTF-8 text.");
            return (null, findings.Problems);
        }
    }

    private static (SourceFile? File, IReadOnlyList<SourceFileProblem> Problems) TooLarge(Findings findings)
    {
        findings.Add(Place.Start, string.Empty, $"is larger than {SourceFile.MaximumLength / 1024} KiB.");
        return (null, findings.Problems);
    }
}
