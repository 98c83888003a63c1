#Requires -Version 7.2
# Runs one Exchange Online cmdlet as the service's own application, and reports its progress on marked lines.
# Standard input: one JSON document { marker, token, organization, environment, cmdlet, parameters }.
# PowerShell reads it into $input because this file uses $input (PowerShell: ConsoleHost.cs, IsUsingDollarInput).
# Input and output are ASCII, so that the console's code page does not matter.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$asked = @($input) -join "`n" | ConvertFrom-Json -AsHashtable
# Read from the file and not from the document, so that the sender of the document cannot extend the list.
$cmdlets = Get-Content -Raw -LiteralPath (Join-Path $PSScriptRoot '../cmdlets.json') | ConvertFrom-Json -AsHashtable
$allowed = @($cmdlets.reads.Keys) + @($cmdlets.changes.Keys)
if ($asked.cmdlet -notin $allowed) { throw 'not a cmdlet of this script' }

function Write-Step([hashtable] $step) {
    [Console]::Out.WriteLine($asked.marker + (ConvertTo-Json -InputObject $step -Depth 5 -Compress -EnumsAsStrings -EscapeHandling EscapeNonAscii))
}

$during = 'module'
try {
    Import-Module -Name ExchangeOnlineManagement -MinimumVersion 3.1.0
    $during = 'connect'
    $connection = @{
        AccessToken             = $asked.token
        Organization            = $asked.organization
        ExchangeEnvironmentName = $asked.environment
        CommandName             = $asked.cmdlet
        ShowBanner              = $false
        SkipLoadingFormatData   = $true
    }
    Connect-ExchangeOnline @connection | Out-Null
    $during = 'call'
    $parameters = $asked.parameters
    Write-Step @{ step = 'calling' }
    $rows = @(& $asked.cmdlet @parameters -WarningVariable warnings -WarningAction SilentlyContinue)
    Write-Step @{ step = 'done'; rows = $rows; warnings = @($warnings | ForEach-Object { "$_" }) }
}
catch {
    Write-Step @{ step = 'failed'; during = $during; message = "$($_.Exception.Message)"; id = "$($_.FullyQualifiedErrorId)" }
    exit 1
}
finally {
    # Removes the module that Connect-ExchangeOnline generated in the temporary folder.
    if ($during -ne 'module') { try { Disconnect-ExchangeOnline -Confirm:$false | Out-Null } catch { } }
}
