using System.Collections.Generic;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.Contract;

/// <summary>What came of a line: its streams, the requests that change something, what was on the screen.</summary>
internal sealed record CmdletTry(RunResult Result, IReadOnlyList<string> Changes, IReadOnlyList<string> Screen);
