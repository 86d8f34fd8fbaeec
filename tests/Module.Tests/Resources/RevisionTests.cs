using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Resources;

/// <summary>Tests for the cmdlets of resources with revisions.</summary>
public abstract class RevisionTests : IDisposable
{
    private protected Session Session { get; } = Session.Local("-OperationDuration 0");

    /// <summary>The API's noun.</summary>
    private protected abstract string Noun { get; }

    public void Dispose()
    {
        Session.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("alpha", "alpha/1,alpha/2,alpha/3")]
    [InlineData("alpha -Latest", "alpha/3")]
    [InlineData("alpha/2", "alpha/2")]
    [InlineData("alpha/2, beta, alpha/1", "alpha/2,beta/1,alpha/1")]
    [InlineData("alpha -Revision 1, 3, 7", "alpha/1,alpha/3")]
    [InlineData("alpha*", "alpha/1,alpha/2,alpha/3")]
    [InlineData("*a -Latest", "alpha/3,beta/1")]
    [InlineData("*a -Revision 1", "alpha/1,beta/1")]
    [InlineData("*a -Latest -Revision 1", "beta/1")]
    [InlineData("'arn:aws:apprunner:us-east-1:000000000000:KIND/alpha'", "alpha/3")]
    [InlineData("'arn:aws:apprunner:us-east-1:000000000000:KIND/alpha/2'", "alpha/2")]
    public void A_name_selects_all_revisions_by_default(string parameters, string expected)
    {
        CreateThreeAndOne();

        Session.Run($"Get-AR{Noun} {parameters.Replace("KIND", Noun.ToLowerInvariant(), StringComparison.Ordinal)}").All<IResource>().Select(resource => resource.ToString()).ShouldBe(expected.Split(','));
    }

    [Fact]
    public void Only_names_ARNs_and_Detailed_call_Describe()
    {
        CreateThreeAndOne();

        CallsOf("*a").ShouldBe((1, Summary: 4, Whole: 0));
        CallsOf("*a -Detailed").ShouldBe((1 + 4, Summary: 0, Whole: 4));
        CallsOf("alpha").ShouldBe((1 + 3, Summary: 0, Whole: 3));
        CallsOf("alpha -Latest").ShouldBe((1 + 1, Summary: 0, Whole: 1));
    }

    [Theory]
    [InlineData("alpha -Revision 7, 8", "There is no active revision 7, 8 of ")]
    [InlineData("alpha/7", "\"alpha/7\" in us-east-1. Did you mean \"alpha/1\"?")]
    public void A_missing_revision_is_an_error(string parameters, string message)
    {
        CreateThreeAndOne();

        Session.Run($"Get-AR{Noun} {parameters}").ErrorWith("ResourceNotFound").ToString().ShouldContain(message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("first")]
    public void A_revision_is_an_integer_of_at_least_1(string revision)
    {
        Session.Run($"Get-AR{Noun} alpha -Revision {revision}").Errors.ShouldHaveSingleItem().ToString().ShouldContain("Revision");

        Session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void Removing_a_name_removes_its_latest_revision_only()
    {
        CreateThreeAndOne();

        Session.Run($"Remove-AR{Noun} alpha -Confirm:$false").All<IResource>().ShouldHaveSingleItem().ToString().ShouldBe("alpha/3");
        Session.Run($"Remove-AR{Noun} alpha/1 -Confirm:$false").All<IResource>().ShouldHaveSingleItem().ToString().ShouldBe("alpha/1");

        Session.Run($"Get-AR{Noun} alpha").All<IResource>().ShouldHaveSingleItem().ToString().ShouldBe("alpha/2");
    }

    [Fact]
    public void A_removed_revision_can_still_be_read_by_its_ARN()
    {
        CreateThreeAndOne();
        Session["removed"] = Session.Run($"Remove-AR{Noun} beta -Confirm:$false").Output.ShouldHaveSingleItem()!.BaseObject;

        Session.Run($"($removed | Get-AR{Noun}).Status").All<string>().ShouldHaveSingleItem().ShouldBe("INACTIVE");
        Session.Run($"Get-AR{Noun} beta").ErrorWith("ResourceNotFound");
    }

    private void CreateThreeAndOne() => Session.Run($"'alpha', 'alpha', 'alpha', 'beta' | ForEach-Object {{ New-AR{Noun} $_ }}").All<IResource>().Select(resource => resource.ToString())
        .ShouldBe(["alpha/1", "alpha/2", "alpha/3", "beta/1"]);

    private (long Calls, int Summary, int Whole) CallsOf(string parameters)
    {
        var before = Session.Endpoint.RequestCount;
        var found = Session.Run($"Get-AR{Noun} {parameters}").All<IResource>();
        var summaries = found.Count(resource => resource.GetType().Name.EndsWith("Summary", StringComparison.Ordinal));
        return (Session.Endpoint.RequestCount - before, summaries, found.Count - summaries);
    }
}
