using System;
using System.Collections.Generic;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>The result of a step is not the expected one.</summary>
internal sealed class Problem(IEnumerable<string> problems) : Exception(string.Join("\n    ", problems))
{
    public Problem(string problem)
        : this([problem])
    {
    }
}
