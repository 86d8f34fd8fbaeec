using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Shell.Tests;

/// <summary>The few standard cmdlets that the shell brings, as scripts use them; the expected texts are pwsh's.</summary>
public sealed class Cmdlets
{
    [Fact]
    public async Task Objects_are_selected_sorted_grouped_and_measured()
    {
        var run = await ShellProcess.Command("""
            $rows = 1..5 | ForEach-Object { [pscustomobject]@{ N = $_; Name = "n$($_ % 2)" } }
            ($rows | Select-Object -First 2 N, @{ n = 'Twice'; e = { $_.N * 2 } } | ForEach-Object { "$($_.N)/$($_.Twice)" }) -join ' '
            ($rows | Select-Object -ExpandProperty Name -Unique) -join ' '
            ($rows | Select-Object -Skip 1 -First 2).N -join ' '
            ($rows | Select-Object -Last 2).N -join ' '
            ($rows | Sort-Object Name, @{ e = 'N'; Descending = $true }).N -join ' '
            ($rows | Group-Object Name | ForEach-Object { "$($_.Name)=$($_.Count)" }) -join ' '
            $m = $rows | Measure-Object N -Sum -Average; "$($m.Count) $($m.Sum) $($m.Average)"
            """);

        run.OutputLines.ShouldBe(["1/2 2/4", "n1 n0", "2 3", "4 5", "4 2 5 3 1", "n0=2 n1=3", "5 15 3"]);
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Selecting_the_first_ones_stops_what_produces_more()
    {
        var run = await ShellProcess.Command("1..9 | ForEach-Object { if ($_ -gt 3) { throw 'not stopped' }; $_ } | Select-Object -First 3");

        run.OutputLines.ShouldBe(["1", "2", "3"]);
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tables_and_lists_look_as_in_pwsh()
    {
        var run = await ShellProcess.Command("$o = [pscustomobject]@{ A = 1; B = 'x' }; $o | Format-Table; $o | Format-List; ($o | Out-String).Trim().Length");

        run.OutputLines.ShouldBe(["A B", "- -", "1 x", "A : 1", "B : x", "11"]);
    }

    [Fact]
    public async Task Json_goes_both_ways()
    {
        var run = await ShellProcess.Command("""
            [ordered]@{ a = 1.0; e = [System.DayOfWeek]::Monday; n = $null; l = @(1, @{ c = 'ü"' }) } | ConvertTo-Json -Compress
            @{ x = @{ y = @{ z = @{} } } } | ConvertTo-Json -Compress
            1, 2 | ConvertTo-Json
            $o = '{"a":{"b":[1,2.5,"2024-01-02T03:04:05Z"]},"t":true}' | ConvertFrom-Json
            "$($o.a.b[0].GetType().Name) $($o.a.b[1].GetType().Name) $($o.a.b[2].GetType().Name) $($o.t)"
            'no json' | ConvertFrom-Json
            """);

        run.OutputLines.ShouldBe(
        [
            """{"a":1.0,"e":1,"n":null,"l":[1,{"c":"ü\""}]}""",
            "WARNING: Resulting JSON is truncated as serialization has exceeded the set depth of 2.",
            """{"x":{"y":{"z":"System.Collections.Hashtable"}}}""",
            "[", "  1,", "  2", "]",
            "Int64 Double DateTime True",
        ]);
        run.Error.ShouldContain("Conversion from JSON failed");
    }

    [Fact]
    public async Task Csv_with_quotes_becomes_objects()
    {
        var run = await ShellProcess.Command("\"a,b`n1,`\"x,`\"`\"y`\"`n2,`\"two`nlines`\"\" | ConvertFrom-Csv | ForEach-Object { \"$($_.a)=$($_.b -replace \"`n\", '/')\" }");

        run.OutputLines.ShouldBe(["1=x,\"y", "2=two/lines"]);
    }

    [Fact]
    public async Task Files_and_locations_work()
    {
        var run = await ShellProcess.Script("""
            $f = Join-Path ([IO.Path]::GetTempPath()) "shell-$([guid]::NewGuid()).txt"
            'l1', 'l2' | Set-Content $f
            (Get-Content $f).Count; (Get-Content $f -Raw) -replace '\r?\n', '/'
            Split-Path $f -Extension
            Set-Location (Split-Path $f); (Get-ChildItem $f).Name -eq (Split-Path $f -Leaf)
            Remove-Item $f; Test-Path $f
            Get-Content $f -ErrorAction SilentlyContinue -ErrorVariable missing; $missing.Count
            """);

        run.OutputLines.ShouldBe(["2", "l1/l2/", ".txt", "True", "False", "1"]);
    }

    [Fact]
    public async Task An_error_written_by_a_script_is_the_scripts()
    {
        var run = await ShellProcess.Script("Write-Error 'oops' -ErrorId Mine -RecommendedAction 'Do this.'; ($Error[0].FullyQualifiedErrorId -split ',')[0]; try { Write-Error 'stop' -ErrorAction Stop } catch { \"caught $_\" }");

        run.Error.TrimEnd().ShouldBe("Write-Error: oops\n  Recommendation: Do this.".ReplaceLineEndings());
        run.OutputLines.ShouldBe(["Mine", "caught stop"]);
    }

    [Fact]
    public async Task Objects_are_made_by_type_name()
    {
        var run = await ShellProcess.Command("(New-Object System.Text.StringBuilder 'abc').ToString(); (New-Object psobject -Property @{ q = 1 }).q; (New-Object 'System.Collections.Generic.List[int]').Count; New-Object No.Such.Type");

        run.OutputLines.ShouldBe(["abc", "1", "0"]);
        run.Error.ShouldContain("Cannot find type [No.Such.Type]");
    }
}
