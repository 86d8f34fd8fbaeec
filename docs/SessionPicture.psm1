<#
    Creates the README's picture: runs its first example in a PowerShell session and draws the commands and their output.
#>
Set-StrictMode -Version 3.0

$script:Columns = 120
$script:CharacterWidth = 8.4
$script:LineHeight = 18
$script:Text = '#d6deeb'

# PowerShell's default colours on a dark terminal.
$script:Colours = @{
    31 = '#ff6b6b'; 32 = '#8fd694'; 33 = '#ffd166'; 34 = '#82aaff'; 35 = '#c792ea'; 36 = '#7fdbca'
    91 = '#ff6b6b'; 92 = '#8fd694'; 93 = '#ffd166'; 94 = '#82aaff'; 95 = '#c792ea'; 96 = '#7fdbca'
}

# Splits a line into runs of one colour, wrapped at the width of the terminal.
function Split-TerminalLine([string]$Line) {
    $colour, $isBold, $column = $script:Text, $false, 0
    $runs = [System.Collections.Generic.List[object]]::new()
    foreach ($part in [regex]::Matches($Line, "\e\[(?<codes>[0-9;]*)m|(?<text>[^\e]+)")) {
        if (-not $part.Groups['text'].Success) {
            foreach ($code in $part.Groups['codes'].Value -split ';') {
                if ($code -in '', '0') { $colour, $isBold = $script:Text, $false }
                elseif ($code -eq '1') { $isBold = $true }
                elseif ($script:Colours.ContainsKey([int]$code)) { $colour = $script:Colours[[int]$code] }
            }

            continue
        }

        $text = $part.Value
        while ($text.Length -gt 0) {
            $length = [Math]::Min($text.Length, $script:Columns - $column)
            $runs.Add([pscustomobject]@{ Text = $text.Substring(0, $length); Colour = $colour; IsBold = $isBold; Column = $column })
            $text = $text.Substring($length)
            $column += $length
            if ($text.Length -gt 0) {
                , $runs.ToArray()
                $runs.Clear()
                $column = 0
            }
        }
    }

    , $runs.ToArray()
}

function Format-Run([object]$Run, [double]$Y) {
    $weight = if ($Run.IsBold) { ' font-weight="bold"' }
    '<text x="{0:0.0}" y="{1}" fill="{2}"{3} textLength="{4:0.0}" xml:space="preserve">{5}</text>' -f
    (12 + $Run.Column * $script:CharacterWidth), $Y, $Run.Colour, $weight, ($Run.Text.Length * $script:CharacterWidth), [System.Security.SecurityElement]::Escape($Run.Text)
}

function ConvertTo-TerminalSvg([string[]]$Line) {
    $rows = @($Line | ForEach-Object { Split-TerminalLine $_ })
    $width = [Math]::Ceiling(24 + $script:Columns * $script:CharacterWidth)
    $height = 44 + $rows.Count * $script:LineHeight
    "<svg xmlns=`"http://www.w3.org/2000/svg`" width=`"$width`" height=`"$height`" viewBox=`"0 0 $width $height`" font-family=`"Cascadia Mono,Consolas,Menlo,DejaVu Sans Mono,monospace`" font-size=`"14`">"
    '<rect width="100%" height="100%" rx="8" fill="#011627"/>'
    '<circle cx="20" cy="18" r="6" fill="#ff5f56"/><circle cx="40" cy="18" r="6" fill="#ffbd2e"/><circle cx="60" cy="18" r="6" fill="#27c93f"/>'
    $y = 51
    foreach ($row in $rows) {
        foreach ($run in $row) { Format-Run $run $y }
        $y += $script:LineHeight
    }

    '</svg>'
}

# Runs a command in the session and returns its output with colour codes.
function Invoke-SessionCommand([runspace]$Runspace, [string]$Command) {
    $shell = [powershell]::Create($Runspace)
    try {
        [void]$shell.AddScript($Command)
        $shell.Commands.Commands[0].MergeMyResults('Error', 'Output')
        [void]$shell.AddCommand('Out-String').AddParameter('Width', $script:Columns)
        -join $shell.Invoke()
    }
    finally {
        $shell.Dispose()
    }
}

<#
.SYNOPSIS
    Runs the commands of a script in a new session with a module, and returns a picture of it as SVG.
#>
function New-SessionPicture {
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([string])]
    param(
        # The page. Its first block of PowerShell runs; each statement is shown with the comment before or after it.
        [Parameter(Mandatory)]
        [string]$Page,

        # The module's manifest.
        [Parameter(Mandatory)]
        [string]$Module,

        # The session's working directory.
        [Parameter(Mandatory)]
        [string]$Folder
    )

    $text = [regex]::Match((Get-Content -LiteralPath $Page -Raw), '(?ms)^```powershell\r?\n(.*?)^```').Groups[1].Value
    $statements = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$null).EndBlock.Statements
    if (-not $PSCmdlet.ShouldProcess($Page, 'Run')) { return }

    # The host supports colours; without it, errors have no colours.
    $runspace = [runspacefactory]::CreateRunspace($Host, [initialsessionstate]::CreateDefault2())
    $runspace.Open()
    try {
        $null = Invoke-SessionCommand $runspace "Import-Module '$Module'; Set-Location -LiteralPath '$Folder'; `$PSStyle.OutputRendering = 'Ansi'; `$ProgressPreference = 'SilentlyContinue'"
        $lines = foreach ($statement in $statements) {
            # The lines of comments before it are typed too.
            $before = [regex]::Match($text.Substring(0, $statement.Extent.StartOffset), '(?m)(?:^#[^\r\n]*\r?\n)+\z').Value.Trim()
            if ($before) { $before -split '\r?\n' | ForEach-Object { "PS> $_" } }
            $rest = $text.Substring($statement.Extent.EndOffset)
            $typed = $statement.Extent.Text + [regex]::Match($rest, '\A[ \t]*#[^\r\n]*').Value
            "PS> $typed"
            $shown = (Invoke-SessionCommand $runspace $typed) -replace '\r', ''
            if ($shown.Trim()) { $shown.TrimEnd() -split '\n' | ForEach-Object TrimEnd }

            # A table ends with an empty line.
            if ($shown.EndsWith("`n`n")) { '' }
        }

        (ConvertTo-TerminalSvg $lines) -join "`n"
    }
    finally {
        $null = Invoke-SessionCommand $runspace 'Get-ARLocalEndpoint | Stop-ARLocalEndpoint'
        $runspace.Dispose()
    }
}

Export-ModuleMember -Function New-SessionPicture
