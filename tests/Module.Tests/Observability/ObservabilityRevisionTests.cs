using AppRunner.Module.Tests.Resources;

namespace AppRunner.Module.Tests.Observability;

public sealed class ObservabilityRevisionTests : RevisionTests
{
    private protected override string Noun => "ObservabilityConfiguration";
}
