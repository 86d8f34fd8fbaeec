using System.Collections.Generic;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>A part of the scenario: steps that depend on each other, on a separate endpoint.</summary>
/// <param name="Name">Its subject.</param>
/// <param name="Steps">Its steps, in order.</param>
internal sealed record Part(string Name, IReadOnlyList<Step> Steps);
