using System;
using AppRunner.Model;
using AppRunner.Module.Tests.Resources;

namespace AppRunner.Module.Tests.AutoScaling;

public sealed class AutoScalingConfigurationTests : ResourceTests
{
    private protected override string Noun => "AutoScalingConfiguration";

    private protected override string ListMember => "AutoScalingConfigurationSummaryList";

    private protected override Type Whole => typeof(AutoScalingConfiguration);

    private protected override string[] OtherChanges => ["Set-ARDefaultAutoScalingConfiguration"];

    private protected override bool HasRevisions => true;

    private protected override string RowCells => "MinSize = '2'; MaxSize = ''; MaxConcurrency = ''";

    private protected override string Creation(string name) => $"New-ARAutoScalingConfiguration {name}";
}
