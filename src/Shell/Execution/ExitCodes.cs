namespace AppRunner.Shell.Execution;

/// <summary>The process exit codes that pwsh uses.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    public const int Failure = 1;

    public const int BadCommandLine = 64;
}
