using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Binding;

/// <summary>Values that a person can mistake are refused in words that say what to type, in every culture.</summary>
public sealed class ValueMessageTests
{
    [Theory]
    [InlineData("New-ARHealthCheckConfig -Interval '0,25'", "'0,25' must be a whole number, such as 5.")]
    [InlineData("New-ARHealthCheckConfig -Timeout 1,5", "'1,5' must be one number. In PowerShell a comma makes a list. Write a decimal point: 1.5")]
    [InlineData("New-ARAutoScalingConfiguration high -MaxSize '1,5'", "'1,5' must be a whole number, such as 5.")]
    [InlineData("New-ARInstanceConfig -Cpu 0,25", "Write a decimal point: 0.25")]
    [InlineData("New-ARService shop public.ecr.aws/nginx/nginx:1 -Memory 0,5", "Write a decimal point: 0.5")]
    [InlineData("Wait-AROperation shop -Timeout '0,25'", "'0,25' is not a duration. Give a number of seconds")]
    [InlineData("Wait-AROperation shop -PollInterval 0,25", "Write a decimal point: 0.25")]
    [InlineData("Set-ARContext -RequestTimeout soon", "'soon' is not a duration.")]
    [InlineData("Set-ARContext -UseFipsEndpoint ja", "'ja' must be true or false. Use $true or $false.")]
    [InlineData("Get-ARServiceLog shop -Tail many", "'many' must be a whole number, such as 5.")]
    public void A_value_of_another_form_is_refused_in_plain_words(string command, string message)
    {
        using var session = Session.Plain();
        // The decimal comma of de-DE, also on machines without culture data.
        foreach (var separator in new[] { ",", "." })
        {
            var error = session.Run($"$culture = [cultureinfo]::InvariantCulture.Clone(); $culture.NumberFormat.NumberDecimalSeparator = '{separator}'; [cultureinfo]::CurrentCulture = $culture; {command}").Errors.ShouldHaveSingleItem().ToString();

            error.ShouldContain(message);
            error.ShouldNotContain("System.");
        }
    }

    [Fact]
    public void Settings_of_two_kinds_of_source_are_one_problem()
    {
        using var session = Session.Local();

        var error = session.Run("New-ARService shop public.ecr.aws/nginx/nginx:1 -RepositoryUrl https://github.com/a/b").ErrorWith("InvalidParameter").ToString();

        error.ShouldContain("RepositoryUrl is for a code repository, but the source is an image.");
        error.ShouldNotContain("problems", Case.Insensitive);
    }
}
