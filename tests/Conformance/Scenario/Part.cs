using System.Collections.Generic;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>A part of the scenario: steps that build on each other, on an endpoint of their own.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Steps">What is done, in this order.</param>
internal sealed record Part(string Name, IReadOnlyList<Step> Steps);
