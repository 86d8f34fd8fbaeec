using System;
using System.IO;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

/// <summary>A cmdlet that reads files, with wildcards and errors as pwsh has them.</summary>
internal abstract class FileReadingCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "LiteralPath")]
    public string[] Path { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            try
            {
                foreach (var file in GetResolvedProviderPathFromPSPath(path, out _))
                    Read(file);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                WriteError(new ErrorRecord(unreadable, "FileReadError", ErrorCategory.ReadError, path));
            }
            catch (RuntimeException missing) when (missing is SessionStateException or ProviderInvocationException)
            {
                WriteError(new ErrorRecord(missing.ErrorRecord, missing));
            }
        }
    }

    /// <summary>Reads one file by its full path.</summary>
    protected abstract void Read(string file);
}
