using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.VpcConnectors;

public sealed class NetworkTests : IDisposable
{
    private const string One = "subnet-0123456789abcdef0";
    private const string Two = "subnet-0123456789abcdef1";
    private const string Group = "sg-0123456789abcdef0";

    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData(One + ", " + Two + " -SecurityGroups " + Group)]
    [InlineData("-Subnet @('" + One + "', '" + Two + "') -SecurityGroup " + Group)]
    [InlineData("'" + One + "," + Two + "' -SecurityGroups '" + Group + "'")]
    [InlineData("'" + One + " " + Two + "' -SecurityGroups ' " + Group + " '")]
    [InlineData("'" + One + ";" + Two + ";' -SecurityGroups '" + Group + "'")]
    public void Subnets_and_groups_are_lists_or_one_text(string parameters)
    {
        var connector = session.Run("New-ARVpcConnector database " + parameters).All<VpcConnector>().Single();

        connector.Subnets.ShouldBe([One, Two]);
        connector.SecurityGroups.ShouldBe([Group]);
        (connector.VpcConnectorRevision, connector.Status).ShouldBe((1, VpcConnectorStatus.Active));
    }

    [Fact]
    public void Without_groups_the_service_says_which_it_took()
    {
        session.Run($"New-ARVpcConnector database {One}").All<VpcConnector>().Single().SecurityGroups.ShouldNotBeNull().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("@('" + One + "', ' ')", "Subnets")]
    [InlineData(One + ", " + One, "twice")]
    [InlineData("subnet-x", "subnet-x")]
    [InlineData(One + " -SecurityGroups " + One, "SecurityGroups")]
    [InlineData(One + " -SecurityGroups " + Group + ", " + Group, "twice")]
    public void Lists_that_cannot_be_are_refused_and_nothing_is_there(string parameters, string words)
    {
        var error = session.Run("New-ARVpcConnector database " + parameters).ErrorWith("InvalidParameter");

        error.ToString().ShouldContain(words);
        error.TargetObject.ShouldBe("database");
        session.Run("Get-ARVpcConnector").Output.ShouldBeEmpty();
    }

    [Fact]
    public void A_name_that_is_taken_is_an_error_and_a_removed_one_is_free()
    {
        var first = session.Run($"New-ARVpcConnector database {One}").All<VpcConnector>().Single();
        session.Run($"New-ARVpcConnector database {Two}").ErrorWith("ResourceAlreadyExists").TargetObject.ShouldBe("database");

        session.Run("Remove-ARVpcConnector database -Confirm:$false").All<VpcConnector>().Single().Status.ShouldBe(VpcConnectorStatus.Inactive);

        var second = session.Run($"New-ARVpcConnector database {Two}").All<VpcConnector>().Single();
        second.VpcConnectorArn.ShouldNotBe(first.VpcConnectorArn);
        session.Run("Get-ARVpcConnector").Output.Count.ShouldBe(1);
        session.Run("Get-ARVpcConnector database").All<VpcConnector>().Single().VpcConnectorArn.ShouldBe(second.VpcConnectorArn);
        session.Run($"Get-ARVpcConnector {first.VpcConnectorArn}").All<VpcConnector>().Single().Status.ShouldBe(VpcConnectorStatus.Inactive);
    }

    [Fact]
    public void A_connector_pipes_into_another_one()
    {
        session.Run($"New-ARVpcConnector database {One}, {Two} -SecurityGroups {Group}").ShouldBeClean();

        var copy = session.Run("Get-ARVpcConnector database | New-ARVpcConnector -VpcConnectorName copy").All<VpcConnector>().Single();

        copy.Subnets.ShouldBe([One, Two]);
        copy.SecurityGroups.ShouldBe([Group]);
    }

    [Fact]
    public void A_service_stands_for_the_one_that_it_uses_and_keeps_it_from_being_removed()
    {
        session.Run($"'database', 'other' | ForEach-Object {{ New-ARVpcConnector $_ {One} }}").ShouldBeClean();
        session.NewService("web1", "-NetworkConfiguration (New-ARNetworkConfig -VpcConnectorArn (Get-ARVpcConnector database))");
        session.NewService("web2");

        session.Run("Get-ARService | Get-ARVpcConnector").All<VpcConnector>().Single().VpcConnectorName.ShouldBe("database");
        var result = session.Run("Get-ARVpcConnector | Remove-ARVpcConnector -Confirm:$false");

        result.ErrorWith("InvalidParameter").TargetObject.ShouldBeOfType<VpcConnector>().VpcConnectorName.ShouldBe("database");
        result.Output.ShouldHaveSingleItem()!.ToString().ShouldBe("other");
    }

    [Fact]
    public void A_name_is_forgotten_with_its_connector()
    {
        session.Run($"New-ARVpcConnector database {One}").ShouldBeClean();
        session.Complete("Get-ARVpcConnector data").ShouldBe(["database"]);

        session.Run("Remove-ARVpcConnector database -Confirm:$false").ShouldBeClean();

        session.Complete("Get-ARVpcConnector data").ShouldNotContain("database");
    }
}
