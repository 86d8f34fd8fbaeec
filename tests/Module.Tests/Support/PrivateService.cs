using AppRunner.Model;

namespace AppRunner.Module.Tests.Support;

/// <summary>A service that is only reachable from a VPC.</summary>
internal static class PrivateService
{
    public const string Vpc = "-VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0";

    /// <summary>Creates one and waits for it.</summary>
    public static Service NewPrivateService(this Session session, string name) => session.NewService(name, "-NetworkConfiguration @{ IngressConfiguration = @{ IsPubliclyAccessible = $false } }");
}
