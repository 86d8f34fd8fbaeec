using System.Collections.Generic;
using AppRunner.Conformance.Tests.Scenario;

namespace AppRunner.Conformance.Tests.Parts;

/// <summary>The whole scenario.</summary>
internal static class AllParts
{
    public static IReadOnlyList<Part> Parts { get; } = [ServiceSteps.Part, AutoScalingSteps.Part, ConnectionSteps.Part, ObservabilitySteps.Part, VpcConnectorSteps.Part, VpcIngressConnectionSteps.Part, CustomDomainSteps.Part, TagSteps.Part, LogsSteps.Part];
}
