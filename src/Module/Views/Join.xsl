<?xml version="1.0" encoding="utf-8"?>
<!--
  Joins the views and types of all nouns into one Format file and one Types file, because reading many files makes the import slow, and so do the
  spaces and comments between the elements: the engine keeps each as a node. The build passes the names of the files in this folder, in any order.

  In Types, DefaultDisplayPropertySet has the members that Format-List shows for an object after objects of another type: those of its list
  view. SerializationDepth: an object keeps all its nested members in jobs and in Export-Clixml, so that it can be sent again.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="utf-8" />
  <xsl:strip-space elements="*" />
  <xsl:preserve-space elements="Text ScriptBlock FormatString Label RunSetting" />
  <xsl:param name="kind" />

  <xsl:template match="/Files">
    <xsl:choose>
      <xsl:when test="$kind = 'Format'">
        <Configuration>
          <ViewDefinitions>
            <xsl:call-template name="all"><xsl:with-param name="part">ViewDefinitions</xsl:with-param></xsl:call-template>
          </ViewDefinitions>
        </Configuration>
      </xsl:when>
      <xsl:otherwise>
        <Types>
          <xsl:call-template name="all"><xsl:with-param name="part">Types</xsl:with-param></xsl:call-template>
        </Types>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="@* | node()">
    <xsl:copy><xsl:apply-templates select="@* | node()" /></xsl:copy>
  </xsl:template>

  <!-- Optional="true": not in the list if the member, or what the script returns, has no value or is an empty list. -->
  <xsl:template match="ListItem[@Optional]">
    <ListItem>
      <ItemSelectionCondition>
        <xsl:choose>
          <xsl:when test="PropertyName | ColoredProperty"><PropertyName><xsl:value-of select="PropertyName | ColoredProperty" /></PropertyName></xsl:when>
          <xsl:otherwise><xsl:apply-templates select="ScriptBlock | RunSetting" /></xsl:otherwise>
        </xsl:choose>
      </ItemSelectionCondition>
      <xsl:apply-templates select="node()" />
    </ListItem>
  </xsl:template>

  <!--
    A status, severity, or result of a test, in the color of its meaning. Windows PowerShell has no $PSStyle, and shows it without color. The
    variable is read in a way that strict mode and constrained language mode allow.
  -->
  <xsl:template match="ColoredProperty">
    <xsl:if test="parent::ListItem"><Label><xsl:value-of select="." /></Label></xsl:if>
    <ScriptBlock>$value = [string]$_.<xsl:value-of select="." />
$style = Get-Variable PSStyle -ValueOnly -ErrorAction Ignore
$color = if ($style) { switch -Regex -CaseSensitive ($value) {
    'FAILED|ROLLBACK|^(ERROR|Error|Blocked|Blocker|False)$' { $style.Foreground.BrightRed; break }
    '^(RUNNING|SUCCEEDED|SUCCESS|AVAILABLE|ACTIVE|Ready|True)$' { $style.Foreground.BrightGreen; break }
    'PROGRESS|PENDING|CREATING|^(Warning|UnknownValue|NeedsDecision|Decision|Replacement)$' { $style.Foreground.BrightYellow } } }
if ($color) { $color + $value + $style.Reset } else { $value }</ScriptBlock>
  </xsl:template>

  <!-- A name in a table: one that is longer than its column continues in the next line after a hyphen, and is not broken in a word. -->
  <xsl:template match="NameProperty">
    <ScriptBlock>$rest = [string]$_.<xsl:value-of select="." />
@(while ($rest.Length -gt <xsl:value-of select="@Width" />) {
    $end = $rest.LastIndexOf([char]'-', <xsl:value-of select="@Width - 1" />) + 1
    if ($end -eq 0) { $end = <xsl:value-of select="@Width" /> }
    $rest.Substring(0, $end)
    $rest = $rest.Substring($end) }
$rest) -join "`n"</ScriptBlock>
  </xsl:template>

  <!--
    What is read from $settings, the run settings of an image or of source code. The loops skip what is null, which strict mode does not allow
    to be read.
  -->
  <xsl:template match="RunSetting">
    <ScriptBlock>foreach ($source in $_.SourceConfiguration) {
    foreach ($image in $source.ImageRepository) { foreach ($settings in $image.ImageConfiguration) { <xsl:value-of select="." /> } }
    foreach ($code in $source.CodeRepository) { foreach ($configuration in $code.CodeConfiguration) { foreach ($settings in $configuration.CodeConfigurationValues) { <xsl:value-of select="." /> } } } }</ScriptBlock>
  </xsl:template>

  <xsl:template name="all">
    <xsl:param name="part" />
    <xsl:for-each select="File">
      <xsl:sort select="." />
      <xsl:apply-templates select="document(., document(''))/Noun/*[name() = $part]/node()" />
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
