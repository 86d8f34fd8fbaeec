using System;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>What slips, other programs and hashtables of any kind bring.</summary>
public sealed class OddInputTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("$odd['ServiceArn'] = 'x'; $odd['Status'] = 'RUNNING'; $odd['Cpu'] = '1'; $odd['cpu'] = '2'; $odd | New-ARService", "Cpu: is given twice.")]
    [InlineData("$odd[1] = 'a'; $odd['1'] = 'b'; $odd | Update-ARService", "1: no such member")]
    public void Keys_that_fall_together_are_a_clear_error(string script, string words)
    {
        var error = session.Run("$odd = [hashtable]::new(); $odd['ServiceName'] = 'web1'; " + script).ErrorWith("InvalidParameter");

        error.ToString().ShouldContain(words);
    }

    [Fact]
    public void A_pattern_that_is_none_is_a_clear_error()
    {
        session.Run("Get-ARService 'w['").ErrorWith("InvalidParameter").ToString().ShouldContain("'w['");
    }

    [Fact]
    public void A_name_may_look_like_a_number()
    {
        session.NewService("2024");

        session.Run("Get-ARService 2024").Service.ServiceName.ShouldBe("2024");
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Name = 'web1' }")]
    [InlineData("@{ Name = 'web1' }")]
    public void The_Name_of_a_row_is_a_services(string row)
    {
        session.NewService("web1");

        session.Run(row + " | Get-ARService").Service.ServiceName.ShouldBe("web1");
    }

    [Fact]
    public void The_Name_of_anything_else_is_not()
    {
        session.NewService("web1");

        session.Run("class Thing { [string] $Name = 'web1' }; [Thing]::new() | Get-ARService").ErrorWith("InvalidParameter");
    }

    [Fact]
    public void What_a_list_shows_can_be_copied_too()
    {
        session.NewService("web1", "-Cpu 2 -Memory 4");

        session.Run("Get-ARService web* | New-ARService -ServiceName copy").Service.InstanceConfiguration!.Cpu.ShouldBe("2048");
    }

    [Theory]
    [InlineData("@{ ServiceName = 'nobody'; StartCommand = 'sesame' }", "nobody")]
    [InlineData("[pscustomobject]@{ ServiceName = 'web1'; StartCommand = 'sesame'; Cpuu = 1 }", "web1")]
    public void The_error_of_a_change_does_not_carry_its_settings(string row, string target)
    {
        session.NewService("web1");

        session.Run(row + " | Update-ARService").Errors.ShouldHaveSingleItem().TargetObject.ShouldBe(target);
    }
}
