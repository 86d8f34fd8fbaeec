<#
    Creates the files for Get-Help from the Markdown pages in docs/en-US. PlatyPS creates the MAML; this module corrects it, and creates the
    text files of the about_ topics.
#>
Set-StrictMode -Version 3.0

$script:Maml = 'http://schemas.microsoft.com/maml/2004/10'
$script:Dev = 'http://schemas.microsoft.com/maml/dev/2004/10'

# Removes links and backticks, which Get-Help does not render.
function ConvertTo-PlainText([string]$Text) {
    $Text -replace '\[([^\]]+)\]\([^)]+\)', '$1' -replace '`', ''
}

# Splits a text into paragraphs without line breaks; each list item is a paragraph.
function Split-Paragraph([string]$Text) {
    foreach ($block in $Text -split '\n\s*\n') {
        foreach ($part in $block.Trim() -split '\n(?=(?:-|\d+\.) )') {
            $plain = (ConvertTo-PlainText $part) -replace '\s*\n\s*', ' '
            if ($plain.Trim()) { $plain.Trim() }
        }
    }
}

function Add-Paragraph([System.Xml.XmlElement]$Parent, [string[]]$Text) {
    foreach ($line in $Text) {
        $paragraph = $Parent.OwnerDocument.CreateElement('maml', 'para', $script:Maml)
        $paragraph.InnerText = $line
        [void]$Parent.AppendChild($paragraph)
    }
}

<#
.SYNOPSIS
    Corrects the MAML of PlatyPS for Get-Help: paragraphs without line breaks, examples with separate code and remarks, the pipeline input
    of parameters in the syntax, and only links with an address.
#>
function ConvertTo-CleanMaml {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        # The MAML of Export-MamlCommandHelp.
        [Parameter(Mandatory)]
        [string]$Maml,

        # The same pages from Import-MarkdownCommandHelp, for the default values, which are not in the MAML.
        [Parameter(Mandatory)]
        [object[]]$CommandHelp
    )

    $document = [System.Xml.XmlDocument]::new()
    $document.LoadXml($Maml)
    $names = [System.Xml.XmlNamespaceManager]::new($document.NameTable)
    $names.AddNamespace('maml', $script:Maml)
    $names.AddNamespace('dev', $script:Dev)
    $names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')

    foreach ($example in $document.SelectNodes('//command:example', $names)) {
        $introduction = $example.SelectSingleNode('maml:introduction', $names)
        $text = ($introduction.SelectNodes('maml:para', $names) | ForEach-Object InnerText) -join "`n`n"
        if ($text -notmatch '(?s)^```powershell\n(?<code>.*?)\n```\s*(?<remarks>.*)$') {
            throw "An example does not begin with its code: $($example.title)"
        }

        $code, $remarks = $Matches.code, ($Matches.remarks -replace [char]0x80, '')
        [void]$example.RemoveChild($introduction)
        $example.SelectSingleNode('dev:code', $names).InnerText = $code
        Add-Paragraph $example.SelectSingleNode('dev:remarks', $names) @(Split-Paragraph $remarks; '')
    }

    foreach ($paragraph in @($document.SelectNodes('//maml:para', $names))) {
        $parent = $paragraph.ParentNode
        $lines = @(Split-Paragraph $paragraph.InnerText)
        if (-not $paragraph.InnerText -or ($lines.Count -eq 1 -and $lines[0] -ceq $paragraph.InnerText)) { continue }
        foreach ($line in $lines) {
            $new = $document.CreateElement('maml', 'para', $script:Maml)
            $new.InnerText = $line
            [void]$parent.InsertBefore($new, $paragraph)
        }

        [void]$parent.RemoveChild($paragraph)
    }

    foreach ($command in $document.SelectNodes('//command:command', $names)) {
        $title = $command.SelectSingleNode('command:details/command:name', $names).InnerText
        $page = $CommandHelp | Where-Object Title -EQ $title
        foreach ($parameter in $command.SelectNodes('command:parameters/command:parameter', $names)) {
            $name = $parameter.SelectSingleNode('maml:name', $names).InnerText
            if ($default = ($page.Parameters | Where-Object Name -EQ $name).DefaultValue) {
                $element = $document.CreateElement('dev', 'defaultValue', $script:Dev)
                $element.InnerText = $default
                [void]$parameter.AppendChild($element)
            }

            foreach ($inSyntax in $command.SelectNodes("command:syntax//command:parameter[maml:name='$name']", $names)) {
                $inSyntax.SetAttribute('pipelineInput', $parameter.GetAttribute('pipelineInput'))
            }
        }
    }

    foreach ($link in @($document.SelectNodes('//maml:navigationLink', $names))) {
        $address = $link.SelectSingleNode('maml:uri', $names)
        if ($link.SelectSingleNode('maml:linkText', $names).InnerText -eq 'Online Version' -and -not $address.InnerText) {
            [void]$link.ParentNode.RemoveChild($link)
        }
        elseif ($address.InnerText -notmatch '^https:') {
            $address.InnerText = ''
        }
    }

    $settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [System.Text.UTF8Encoding]::new($false) }
    $stream = [System.IO.MemoryStream]::new()
    $writer = [System.Xml.XmlWriter]::Create($stream, $settings)
    $document.Save($writer)
    $writer.Dispose()
    [System.Text.Encoding]::UTF8.GetString($stream.ToArray()) + "`n"
}

function Format-Wrapped([string]$Text, [int]$Indent, [int]$Hang = $Indent, [int]$Width = 80) {
    $line = ' ' * $Indent
    $isEmpty = $true
    foreach ($word in $Text -split '\s+') {
        if (-not $isEmpty -and $line.Length + 1 + $word.Length -gt $Width) {
            $line
            $line = ' ' * $Hang
            $isEmpty = $true
        }

        $line += $isEmpty ? $word : " $word"
        $isEmpty = $false
    }

    $line
}

function Format-Code([string]$Line) {
    if ($Line.Length -gt 76) { throw "A line of code has more than 76 columns: $Line" }
    ('    ' + $Line).TrimEnd()
}

# Writes one row after the other, because a table does not fit into 80 columns.
function Format-Table80([string[]]$Row) {
    $heads, $null, $cells = $Row | ForEach-Object { , @($_.Trim('|', ' ') -split '\s*(?<!\\)\|\s*' | ForEach-Object { (ConvertTo-PlainText $_) -replace '\\\|', '|' }) }
    foreach ($line in $cells) {
        Format-Wrapped $line[0] -Indent 4
        for ($column = 1; $column -lt $line.Count; $column++) {
            Format-Wrapped ($line.Count -gt 2 ? "$($heads[$column]): $($line[$column])" : $line[$column]) -Indent 8
        }

        ''
    }
}

<#
.SYNOPSIS
    Converts the page of an about_ topic to plain text for Get-Help, at most 80 columns wide.
#>
function ConvertTo-AboutText {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        # The page.
        [Parameter(Mandatory)]
        [string]$Markdown
    )

    $blocks = [regex]::Split($Markdown.Trim(), '\n\s*\n(?=(?:[^`]|`(?!``))*(?:```(?:[^`]|`(?!``))*```(?:[^`]|`(?!``))*)*$)')
    $text = foreach ($block in $blocks) {
        $lines = $block -split '\n'
        switch -Regex ($lines[0]) {
            '^# ' { 'TOPIC'; "    $($lines[0].Substring(2))"; ''; break }
            '^## ' { $lines[0].Substring(3).ToUpperInvariant(); break }
            '^```' { $lines[1..($lines.Count - 2)] | ForEach-Object { Format-Code $_ }; ''; break }
            '^\|' { Format-Table80 $lines; break }
            '^(-|\d+\.) ' {
                foreach ($item in Split-Paragraph $block) { Format-Wrapped $item -Indent 4 -Hang (5 + $item.IndexOf(' ')) }
                ''
                break
            }
            default { Format-Wrapped (Split-Paragraph $block) -Indent 4; '' }
        }
    }

    ($text -join "`n").TrimEnd() + "`n"
}

Export-ModuleMember -Function ConvertTo-CleanMaml, ConvertTo-AboutText
