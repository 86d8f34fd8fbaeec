using System;

namespace AppRunner.Shell.Cmdlets;

/// <summary>The exception of an error that is only a message.</summary>
internal sealed class WriteErrorException(string message) : Exception(message)
{
    /// <summary>The error id that pwsh gives such errors; scripts compare with it.</summary>
    public const string Id = "Microsoft.PowerShell.Commands.WriteErrorException";
}
