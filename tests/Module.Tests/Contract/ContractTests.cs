using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Contract;

public class ContractTests
{
    [Fact]
    public void The_cmdlet_contract_matches_the_accepted_contract() =>
        CmdletContract.Difference(CmdletContract.Accepted(), CmdletContract.Built()).ShouldBeEmpty(
            $"The cmdlets are not those of cmdlets.txt. Where the change is meant, accept it: dotnet run --project tests/Module.Tests -- {CmdletContract.AcceptArgument}");

    [Fact]
    public void A_difference_lists_the_cmdlet_with_its_removed_and_added_lines() =>
        CmdletContract.Difference("A\n  writes B\n  -C <int>\n\nD\n  writes E\n", "A\n  writes B\n  -C <string>\n\nF\n  writes E\n").ReplaceLineEndings("\n")
            .ShouldBe("A\n-   -C <int>\n+   -C <string>\nD (removed)\n-   writes E\nF (new)\n+   writes E\n");
}
