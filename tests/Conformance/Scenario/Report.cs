using System.Collections.Generic;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>What came of a part of the scenario.</summary>
/// <param name="Problems">What went otherwise than it should, step by step.</param>
/// <param name="Seen">Every member that an answer had, such as <c>Service.Status</c>.</param>
internal sealed record Report(IReadOnlyList<string> Problems, IReadOnlySet<string> Seen);
