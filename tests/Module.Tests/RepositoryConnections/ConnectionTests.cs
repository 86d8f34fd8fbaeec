using System;
using AppRunner.Model;
using AppRunner.Module.Tests.Resources;

namespace AppRunner.Module.Tests.RepositoryConnections;

public sealed class ConnectionTests : ResourceTests
{
    private protected override string Noun => "Connection";

    private protected override string ListMember => "ConnectionSummaryList";

    private protected override Type Whole => typeof(ConnectionSummary);

    private protected override string RowCells => "ProviderType = 'GITHUB'";

    private protected override string Creation(string name) => $"New-ARConnection {name} GITHUB";
}
