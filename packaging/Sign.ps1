#requires -Version 7.4
<#
.SYNOPSIS
    Signs a staged module: its own files, and a catalog of all of them. On Windows only.
#>
[CmdletBinding()]
param(
    # The module's folder.
    [Parameter(Mandatory, Position = 0)]
    [string]$Module,

    # The certificate, in the store My of the user or the machine.
    [Parameter(Mandatory, Position = 1)]
    [string]$CertificateThumbprint,

    # The timestamp server. With a timestamp, the signature stays valid after the certificate expires.
    [string]$TimestampServer = 'http://timestamp.digicert.com'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

if (-not $IsWindows) { throw 'Authenticode signatures and catalogs are made on Windows only.' }

$certificate = Get-ChildItem Cert:\CurrentUser\My, Cert:\LocalMachine\My -CodeSigningCert | Where-Object Thumbprint -EQ $CertificateThumbprint | Select-Object -First 1
if (-not $certificate) { throw "There is no certificate $CertificateThumbprint for code signing." }

$signature = @{ Certificate = $certificate; HashAlgorithm = 'SHA256'; TimestampServer = $TimestampServer }

function Add-Signature([string[]]$Path) {
    foreach ($result in Set-AuthenticodeSignature -FilePath $Path @signature) {
        if ($result.Status -ne 'Valid') { throw "$($result.Path): $($result.StatusMessage)" }
    }
}

# Files of other authors keep their own signatures.
$own = Get-ChildItem -LiteralPath $Module -Recurse -File -Include AppRunner*.dll, *.ps1xml, *.psd1
Add-Signature $own.FullName

# Created outside the folder: a catalog cannot contain its own hash.
$catalog = Join-Path ([System.IO.Path]::GetTempPath()) AppRunner.cat
New-FileCatalog -Path $Module -CatalogFilePath $catalog -CatalogVersion 2.0 | Out-Null
Add-Signature $catalog
Move-Item -LiteralPath $catalog -Destination $Module
