using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.VpcConnectors;

public sealed class NetworkTests : IDisposable
{
    private const string FirstSubnet = "subnet-0123456789abcdef0";
    private const string SecondSubnet = "subnet-0123456789abcdef1";
    private const string Group = "sg-0123456789abcdef0";

    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData(FirstSubnet + ", " + SecondSubnet + " -SecurityGroups " + Group)]
    [InlineData("-Subnet @('" + FirstSubnet + "', '" + SecondSubnet + "') -SecurityGroup " + Group)]
    [InlineData("'" + FirstSubnet + "," + SecondSubnet + "' -SecurityGroups '" + Group + "'")]
    [InlineData("'" + FirstSubnet + " " + SecondSubnet + "' -SecurityGroups ' " + Group + " '")]
    [InlineData("'" + FirstSubnet + ";" + SecondSubnet + ";' -SecurityGroups '" + Group + "'")]
    public void Subnets_and_security_groups_are_lists_or_one_string(string parameters)
    {
        var connector = session.Run("New-ARVpcConnector database " + parameters).All<VpcConnector>().Single();

        connector.Subnets.ShouldBe([FirstSubnet, SecondSubnet]);
        connector.SecurityGroups.ShouldBe([Group]);
        (connector.VpcConnectorRevision, connector.Status).ShouldBe((1, VpcConnectorStatus.Active));
    }

    [Fact]
    public void Without_security_groups_the_default_of_the_service_is_written()
    {
        session.Run($"New-ARVpcConnector database {FirstSubnet}").All<VpcConnector>().Single().SecurityGroups.ShouldNotBeNull().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("@('" + FirstSubnet + "', ' ')", "Subnets")]
    [InlineData(FirstSubnet + ", " + FirstSubnet, "twice")]
    [InlineData("subnet-x", "subnet-x")]
    [InlineData(FirstSubnet + " -SecurityGroups " + FirstSubnet, "SecurityGroups")]
    [InlineData(FirstSubnet + " -SecurityGroups " + Group + ", " + Group, "twice")]
    public void Invalid_lists_are_rejected_and_nothing_is_created(string parameters, string message)
    {
        var error = session.Run("New-ARVpcConnector database " + parameters).ErrorWith("InvalidParameter");

        error.ToString().ShouldContain(message);
        error.TargetObject.ShouldBe("database");
        session.Run("Get-ARVpcConnector").Output.ShouldBeEmpty();
    }

    [Fact]
    public void A_name_in_use_is_an_error_and_a_deleted_name_can_be_used_again()
    {
        var first = session.Run($"New-ARVpcConnector database {FirstSubnet}").All<VpcConnector>().Single();
        session.Run($"New-ARVpcConnector database {SecondSubnet}").ErrorWith("ResourceAlreadyExists").TargetObject.ShouldBe("database");

        session.Run("Remove-ARVpcConnector database -Confirm:$false").All<VpcConnector>().Single().Status.ShouldBe(VpcConnectorStatus.Inactive);

        var second = session.Run($"New-ARVpcConnector database {SecondSubnet}").All<VpcConnector>().Single();
        second.VpcConnectorArn.ShouldNotBe(first.VpcConnectorArn);
        session.Run("Get-ARVpcConnector").Output.Count.ShouldBe(1);
        session.Run("Get-ARVpcConnector database").All<VpcConnector>().Single().VpcConnectorArn.ShouldBe(second.VpcConnectorArn);
        session.Run($"Get-ARVpcConnector {first.VpcConnectorArn}").All<VpcConnector>().Single().Status.ShouldBe(VpcConnectorStatus.Inactive);
    }

    [Fact]
    public void A_piped_connector_creates_another_one()
    {
        session.Run($"New-ARVpcConnector database {FirstSubnet}, {SecondSubnet} -SecurityGroups {Group}").ShouldBeClean();

        var copy = session.Run("Get-ARVpcConnector database | New-ARVpcConnector -VpcConnectorName copy").All<VpcConnector>().Single();

        copy.Subnets.ShouldBe([FirstSubnet, SecondSubnet]);
        copy.SecurityGroups.ShouldBe([Group]);
    }

    [Fact]
    public void A_piped_service_returns_its_resource_which_cannot_be_removed()
    {
        session.Run($"'database', 'other' | ForEach-Object {{ New-ARVpcConnector $_ {FirstSubnet} }}").ShouldBeClean();
        session.NewService("web1", "-NetworkConfiguration (New-ARNetworkConfig -VpcConnectorArn (Get-ARVpcConnector database))");
        session.NewService("web2");

        session.Run("Get-ARService | Get-ARVpcConnector").All<VpcConnector>().Single().VpcConnectorName.ShouldBe("database");
        var result = session.Run("Get-ARVpcConnector | Remove-ARVpcConnector -Confirm:$false");

        result.ErrorWith("InvalidParameter").TargetObject.ShouldBeOfType<VpcConnector>().VpcConnectorName.ShouldBe("database");
        result.Output.ShouldHaveSingleItem()!.ToString().ShouldBe("other");
    }

    [Fact]
    public void Completion_removes_the_name_of_a_deleted_connector()
    {
        session.Run($"New-ARVpcConnector database {FirstSubnet}").ShouldBeClean();
        session.Complete("Get-ARVpcConnector data").ShouldBe(["database"]);

        session.Run("Remove-ARVpcConnector database -Confirm:$false").ShouldBeClean();

        session.Complete("Get-ARVpcConnector data").ShouldNotContain("database");
    }
}
