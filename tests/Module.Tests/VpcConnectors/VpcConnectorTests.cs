using System;
using AppRunner.Model;
using AppRunner.Module.Tests.Resources;

namespace AppRunner.Module.Tests.VpcConnectors;

public sealed class VpcConnectorTests : ResourceTests
{
    private protected override string Noun => "VpcConnector";

    private protected override string ListMember => "VpcConnectors";

    private protected override Type Whole => typeof(VpcConnector);

    private protected override string RowCells => "Subnets = 'subnet-0123456789abcdef0, subnet-0123456789abcdef1'; SecurityGroups = ''";

    private protected override string Creation(string name) => $"New-ARVpcConnector {name} subnet-0123456789abcdef0";
}
