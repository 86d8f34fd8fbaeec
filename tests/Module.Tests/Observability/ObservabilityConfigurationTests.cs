using System;
using AppRunner.Model;
using AppRunner.Module.Tests.Resources;

namespace AppRunner.Module.Tests.Observability;

public sealed class ObservabilityConfigurationTests : ResourceTests
{
    private protected override string Noun => "ObservabilityConfiguration";

    private protected override string ListMember => "ObservabilityConfigurationSummaryList";

    private protected override Type Whole => typeof(ObservabilityConfiguration);

    private protected override bool HasRevisions => true;

    private protected override string RowCells => "TracingVendor = 'AWSXRAY'; TraceConfiguration = ''";

    private protected override string Creation(string name) => $"New-ARObservabilityConfiguration {name} AWSXRAY";
}
