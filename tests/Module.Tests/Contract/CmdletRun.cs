namespace AppRunner.Module.Tests.Contract;

/// <summary>A script line and its results: with -WhatIf if the cmdlet supports it, and without.</summary>
internal sealed record CmdletRun(string Line, string Cmdlet, CmdletResult? WhatIf, CmdletResult InEarnest);
