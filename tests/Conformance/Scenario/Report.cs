using System.Collections.Generic;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>The result of one part of the scenario.</summary>
/// <param name="Problems">The problems, step by step.</param>
/// <param name="Seen">Every member of the responses, such as <c>Service.Status</c>.</param>
internal sealed record Report(IReadOnlyList<string> Problems, IReadOnlySet<string> Seen);
