# Prints on one marked line the version of PowerShell and of the ExchangeOnlineManagement module it would load (null: none).
# Standard input: one JSON document { marker }.
$ErrorActionPreference = 'Stop'
$asked = @($input) -join "`n" | ConvertFrom-Json
$module = Get-Module -ListAvailable -Name ExchangeOnlineManagement | Sort-Object -Property Version -Descending | Select-Object -First 1
# Uses only the syntax of Windows PowerShell 5.1, so that an older PowerShell can report that it is too old.
$versions = @{ step = 'versions'; powershell = "$($PSVersionTable.PSVersion)"; module = $null }
if ($module) { $versions.module = "$($module.Version)" }
[Console]::Out.WriteLine($asked.marker + (ConvertTo-Json -InputObject $versions -Compress))
