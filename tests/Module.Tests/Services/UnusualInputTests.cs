using System;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>Unusual input: typing errors, output of other programs, and all kinds of hashtables.</summary>
public sealed class UnusualInputTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("$odd['ServiceArn'] = 'x'; $odd['Status'] = 'RUNNING'; $odd['Cpu'] = '1'; $odd['cpu'] = '2'; $odd | New-ARService", "Cpu: is given twice.")]
    [InlineData("$odd[1] = 'a'; $odd['1'] = 'b'; $odd | Update-ARService", "1: is not a known member")]
    public void Keys_that_differ_only_in_case_are_an_error(string script, string message)
    {
        var error = session.Run("$odd = [hashtable]::new(); $odd['ServiceName'] = 'web1'; " + script).ErrorWith("InvalidParameter");

        error.ToString().ShouldContain(message);
    }

    [Fact]
    public void A_malformed_wildcard_pattern_is_an_error()
    {
        session.Run("Get-ARService 'w['").ErrorWith("InvalidParameter").ToString().ShouldContain("'w['");
    }

    [Fact]
    public void A_name_can_consist_of_digits()
    {
        session.NewService("2024");

        session.Run("Get-ARService 2024").Service.ServiceName.ShouldBe("2024");
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Name = 'web1' }")]
    [InlineData("@{ Name = 'web1' }")]
    public void Name_of_a_row_is_the_name_of_a_service(string row)
    {
        session.NewService("web1");

        session.Run(row + " | Get-ARService").Service.ServiceName.ShouldBe("web1");
    }

    [Fact]
    public void Name_of_other_objects_is_not_the_name_of_a_service()
    {
        session.NewService("web1");

        session.Run("class Thing { [string] $Name = 'web1' }; [Thing]::new() | Get-ARService").ErrorWith("InvalidParameter");
    }

    [Fact]
    public void A_listed_service_can_be_copied()
    {
        session.NewService("web1", "-Cpu 2 -Memory 4");

        session.Run("Get-ARService web* | New-ARService -ServiceName copy").Service.InstanceConfiguration!.Cpu.ShouldBe("2048");
    }

    [Theory]
    [InlineData("@{ ServiceName = 'unnamed'; StartCommand = 'sesame' }", "unnamed")]
    [InlineData("[pscustomobject]@{ ServiceName = 'web1'; StartCommand = 'sesame'; Cpuu = 1 }", "web1")]
    public void The_TargetObject_of_an_update_error_does_not_contain_settings(string row, string target)
    {
        session.NewService("web1");

        session.Run(row + " | Update-ARService").Errors.ShouldHaveSingleItem().TargetObject.ShouldBe(target);
    }
}
