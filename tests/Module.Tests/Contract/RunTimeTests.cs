using System;
using System.Linq;
using System.Management.Automation;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Contract;

/// <summary>Compares the declarations of cmdlets with their behavior.</summary>
public sealed class RunTimeTests(CmdletRuns runs) : IClassFixture<CmdletRuns>
{
    // They change the local endpoint, without an API request.
    private static readonly string[] ChangeWithoutRequest = ["Approve-ARConnection", "Export-ARService", "Start-ARLocalEndpoint", "Stop-ARLocalEndpoint"];

    public static TheoryData<string> Cmdlets => [.. StagedCmdlets.All.Select(cmdlet => cmdlet.Name)];

    public static TheoryData<string> ChangingCmdlets => [.. StagedCmdlets.All.Where(cmdlet => cmdlet.Declaration().SupportsShouldProcess).Select(cmdlet => cmdlet.Name)];

    [Fact]
    public void Every_cmdlet_runs_without_errors()
    {
        runs.All.Select(run => run.Cmdlet).Distinct().ShouldBe(StagedCmdlets.All.Select(cmdlet => cmdlet.Name), ignoreOrder: true);
        foreach (var run in runs.All)
            run.InEarnest.Result.ShouldBeClean();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_writes_exactly_its_declared_output_types(string cmdlet)
    {
        var declared = StagedCmdlets.Of(cmdlet).OutputType.Select(output => output.Type).ToArray();
        var written = Of(cmdlet).SelectMany(run => run.InEarnest.Result.Output).Select(item => item!.BaseObject.GetType()).Distinct().ToArray();

        declared.ShouldNotBeEmpty();
        written.Where(type => !declared.Any(one => one.IsAssignableFrom(type))).ShouldBeEmpty("It writes what it does not declare.");
        declared.Where(one => one != typeof(void) && !written.Any(one.IsAssignableFrom)).ShouldBeEmpty("It declares what it never writes.");
        if (declared.Contains(typeof(void)))
            Of(cmdlet).ShouldContain(run => run.InEarnest.Result.Output.Count == 0);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Cmdlets_that_change_something_and_only_those_support_ShouldProcess(string cmdlet)
    {
        var changes = ChangeWithoutRequest.Contains(cmdlet) || Of(cmdlet).Any(run => run.InEarnest.Changes.Count > 0);

        StagedCmdlets.Of(cmdlet).Declaration().SupportsShouldProcess.ShouldBe(changes);
    }

    [Theory]
    [MemberData(nameof(ChangingCmdlets))]
    public void WhatIf_shows_the_action_and_sends_no_request(string cmdlet)
    {
        foreach (var (result, changes, screen) in Of(cmdlet).Select(run => run.WhatIf!))
        {
            result.ShouldBeClean();
            changes.ShouldBeEmpty();
            result.Output.ShouldBeEmpty();
            screen.ShouldContain(line => line.StartsWith("What if: Performing the operation", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void ConfirmImpact_is_High_for_Remove_and_Medium_for_other_changes() =>
        StagedCmdlets.All.Where(cmdlet => cmdlet.Declaration().SupportsShouldProcess)
            .Where(cmdlet => cmdlet.Declaration().ConfirmImpact != (cmdlet.Verb == VerbsCommon.Remove ? ConfirmImpact.High : ConfirmImpact.Medium))
            .Select(cmdlet => cmdlet.Name).ShouldBeEmpty();

    private CmdletRun[] Of(string cmdlet) => [.. runs.All.Where(run => run.Cmdlet == cmdlet)];
}
