using System.Collections.Generic;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.Contract;

/// <summary>The results of a line: its streams, the requests that change something, and the host output.</summary>
internal sealed record CmdletResult(RunResult Result, IReadOnlyList<string> Changes, IReadOnlyList<string> Screen);
