# Says on one marked line which PowerShell this is and which ExchangeOnlineManagement it would load (null: none).
# Standard input: one JSON document { marker }.
$ErrorActionPreference = 'Stop'
$asked = @($input) -join "`n" | ConvertFrom-Json
$module = Get-Module -ListAvailable -Name ExchangeOnlineManagement | Sort-Object -Property Version -Descending | Select-Object -First 1
# No newer syntax than Windows PowerShell 5.1 has: an older PowerShell must be able to say that it is too old.
$versions = @{ step = 'versions'; powershell = "$($PSVersionTable.PSVersion)"; module = $null }
if ($module) { $versions.module = "$($module.Version)" }
[Console]::Out.WriteLine($asked.marker + (ConvertTo-Json -InputObject $versions -Compress))
