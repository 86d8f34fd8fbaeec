using System.Collections.Generic;
using System.IO;
using System.Text;
using AppRunner.Model;
using YamlDotNet.RepresentationModel;

namespace AppRunner.SourceFile;

/// <summary>Reads apprunner.yaml and reports all its problems.</summary>
internal sealed class SourceFileReader : ISourceFileReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    public (Model.SourceFile? File, IReadOnlyList<SourceFileProblem> Problems) Read(string text, string path)
    {
        var diagnostics = new Diagnostics(path);
        if (text.Length > Model.SourceFile.MaximumLength)
            return TooLarge(diagnostics);
        try
        {
            var root = YamlDocumentReader.Read(text.TrimStart('\uFEFF'));
            if (root is null or YamlScalarNode { IsNull: true })
            {
                diagnostics.Add(YamlDocumentReader.Start, string.Empty, "is empty.");
                return (null, diagnostics.Problems);
            }

            var file = new SourceFileMapper(diagnostics).Map(root);
            return (diagnostics.HasErrors ? null : file, diagnostics.Problems);
        }
        catch (UnreadableYamlException unreadable)
        {
            diagnostics.Add(unreadable.Position, string.Empty, unreadable.Message);
            return (null, diagnostics.Problems);
        }
    }

    /// <inheritdoc/>
    public (Model.SourceFile? File, IReadOnlyList<SourceFileProblem> Problems) ReadFile(string path)
    {
        var bytes = new byte[Model.SourceFile.MaximumLength + 1];
        var count = 0;
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            for (var read = 1; read > 0 && count < bytes.Length; count += read)
                read = stream.Read(bytes, count, bytes.Length - count);
        }

        var diagnostics = new Diagnostics(path);
        if (count > Model.SourceFile.MaximumLength)
            return TooLarge(diagnostics);
        try
        {
            return Read(Strict.GetString(bytes, 0, count), path);
        }
        catch (DecoderFallbackException undecodable)
        {
            // The bytes before the invalid one are valid text.
            var before = Encoding.UTF8.GetString(bytes, 0, undecodable.Index < 0 ? 0 : undecodable.Index);
            diagnostics.Add(YamlDocumentReader.PositionOf(before, before.Length), string.Empty, "is not UTF-8 text.");
            return (null, diagnostics.Problems);
        }
    }

    private static (Model.SourceFile? File, IReadOnlyList<SourceFileProblem> Problems) TooLarge(Diagnostics diagnostics)
    {
        diagnostics.Add(YamlDocumentReader.Start, string.Empty, $"is larger than {Model.SourceFile.MaximumLength / 1024} KiB.");
        return (null, diagnostics.Problems);
    }
}
