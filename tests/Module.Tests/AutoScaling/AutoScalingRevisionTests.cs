using AppRunner.Module.Tests.Resources;

namespace AppRunner.Module.Tests.AutoScaling;

public sealed class AutoScalingRevisionTests : RevisionTests
{
    private protected override string Noun => "AutoScalingConfiguration";
}
