using System;
using System.Collections.Generic;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>A step went otherwise than it should.</summary>
internal sealed class Problem(IEnumerable<string> problems) : Exception(string.Join("\n    ", problems))
{
    public Problem(string problem)
        : this([problem])
    {
    }
}
