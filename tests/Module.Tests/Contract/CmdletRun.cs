namespace AppRunner.Module.Tests.Contract;

/// <summary>A line that was run, with -WhatIf where its cmdlet has that, and in earnest.</summary>
internal sealed record CmdletRun(string Line, string Cmdlet, CmdletTry? WhatIf, CmdletTry InEarnest);
