using System;
using AppRunner.Model;
using AppRunner.Module.Tests.Resources;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.VpcIngressConnections;

public sealed class VpcIngressConnectionTests : ResourceTests
{
    private protected override string Noun => "VpcIngressConnection";

    private protected override string ListMember => "VpcIngressConnectionSummaryList";

    private protected override Type Whole => typeof(VpcIngressConnection);

    private protected override string[] OtherChanges => ["Update-ARVpcIngressConnection -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef1"];

    private protected override string CreationCaption => "VPC ingress connection alpha1 to service svc-alpha1" + InRegion;

    private protected override string RowCells => "ServiceName = 'svc-alpha1'; ServiceArn = ''; VpcId = 'vpc-0123456789abcdef0'; VpcEndpointId = 'vpce-0123456789abcdef0'; IngressVpcConfiguration = ''";

    private protected override string Preparation(string name) =>
        $"$service = New-ARService svc-{name} {Session.Image} -NetworkConfiguration @{{ IngressConfiguration = @{{ IsPubliclyAccessible = $false }} }} -Wait -PollInterval 0.02";

    private protected override string Creation(string name) => $"New-ARVpcIngressConnection {name} $service -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0";

    private protected override object ErrorTargetOfCreation(Session session) => session["service"]!;
}
