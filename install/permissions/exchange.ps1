<#
.SYNOPSIS
Gives the identity of Connector Guard the least role it needs in Exchange Online, or takes it away again.

.DESCRIPTION
Registers the service principal in Exchange, makes a management role for each role that holds a cmdlet the service runs, reduced
to these cmdlets, and puts them into a role group of its own. Run it again at any time: it adds what is
missing. Needs ExchangeOnlineManagement 3.2 or later and an Organization Management admin.

.EXAMPLE
./exchange.ps1 -ClientId 00000000-0000-0000-0000-000000000000 -ObjectId 00000000-0000-0000-0000-000000000000 -WhatIf
.EXAMPLE
./exchange.ps1 -ClientId … -ObjectId … -AuditLog
.EXAMPLE
./exchange.ps1 -ClientId … -ObjectId … -Undo
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The application (client) id of the identity.
    [Parameter(Mandatory)] [guid] $ClientId,
    # The object id of its service principal (Enterprise applications), not of an app registration.
    [Parameter(Mandatory)] [guid] $ObjectId,
    # Also View-Only Audit Logs, by which a card shows who changed a connector.
    [switch] $AuditLog,
    # Remove what this script made.
    [switch] $Undo
)
# With pwsh -File this runs in the global scope, from which modules inherit: no strict mode, and no function that hides a cmdlet.
$ErrorActionPreference = 'Stop'
# -WhatIf is for the changes below alone, each of which calls ShouldProcess; connecting creates temporary files in any case.
$WhatIfPreference = $false

$GroupName = 'Connector Guard'
$Prefix = 'Connector Guard - '
$Cmdlets = @('Get-BlockedConnector', 'Remove-BlockedConnector', 'Get-InboundConnector', 'Get-AdminAuditLogConfig')

if (-not (Get-Command Get-ConnectionInformation -ErrorAction SilentlyContinue) -or -not (Get-ConnectionInformation)) {
    Connect-ExchangeOnline -ShowBanner:$false
}

function Remove-Everything {
    if (Get-RoleGroup -Identity $GroupName -ErrorAction SilentlyContinue) {
        if ($PSCmdlet.ShouldProcess($GroupName, 'Remove the role group')) { Remove-RoleGroup -Identity $GroupName -Confirm:$false }
    }
    foreach ($role in @(Get-ManagementRole | Where-Object { $_.Name.StartsWith($Prefix) })) {
        if ($PSCmdlet.ShouldProcess($role.Name, 'Remove the management role')) { Remove-ManagementRole -Identity $role.Name -Confirm:$false }
    }
    if ((Get-ServicePrincipal | Where-Object { "$($_.AppId)" -eq "$ClientId" }) -and $PSCmdlet.ShouldProcess("$ClientId", 'Remove the service principal from Exchange')) {
        Remove-ServicePrincipal -Identity "$ObjectId" -Confirm:$false
    }
}

# One reduced copy for each parent that holds a wanted cmdlet; gives the names of the copies.
function New-LeastRole {
    foreach ($cmdlet in $Cmdlets) {
        $parent = Get-ManagementRoleEntry "*\$cmdlet" | Where-Object { -not "$($_.Role)".StartsWith($Prefix) } | Select-Object -First 1
        if (-not $parent) { Write-Warning "No management role of this tenant holds $cmdlet."; continue }
        $name = "$Prefix$cmdlet"
        $copy = Get-ManagementRole -Identity $name -ErrorAction SilentlyContinue
        if (-not $copy -and $PSCmdlet.ShouldProcess($name, "Copy the management role $($parent.Role), reduced to $cmdlet")) {
            $copy = New-ManagementRole -Name $name -Parent "$($parent.Role)"
        }
        # A run that was interrupted leaves a copy with more cmdlets.
        $surplus = @(if ($copy) { Get-ManagementRoleEntry "$name\*" | Where-Object { $_.Name -ne $cmdlet } })
        foreach ($entry in $surplus) {
            if ($PSCmdlet.ShouldProcess("$name\$($entry.Name)", 'Remove the cmdlet from the role')) {
                Remove-ManagementRoleEntry -Identity "$name\$($entry.Name)" -Confirm:$false
            }
        }
        $name
    }
}

function Add-ToOwnGroup {
    $isMember = Get-RoleGroupMember -Identity $GroupName | Where-Object { "$($_.ExternalDirectoryObjectId)" -eq "$ObjectId" }
    if (-not $isMember -and $PSCmdlet.ShouldProcess($GroupName, 'Add the service principal')) { Add-RoleGroupMember -Identity $GroupName -Member "$ObjectId" }
}

# Creates the role group with these roles, or adds to it what it lacks.
function Set-OwnGroup([string[]] $roles) {
    if (-not (Get-RoleGroup -Identity $GroupName -ErrorAction SilentlyContinue)) {
        if ($PSCmdlet.ShouldProcess($GroupName, "Create the role group with $($roles -join ', ')")) {
            New-RoleGroup -Name $GroupName -Roles $roles -Members "$ObjectId" | Out-Null
        }
        return
    }
    $assigned = @(Get-ManagementRoleAssignment -RoleAssignee $GroupName | ForEach-Object { "$($_.Role)" })
    foreach ($role in @($roles | Where-Object { $assigned -notcontains $_ })) {
        if ($PSCmdlet.ShouldProcess($GroupName, "Add the role $role")) { New-ManagementRoleAssignment -SecurityGroup $GroupName -Role $role | Out-Null }
    }
    Add-ToOwnGroup
}

if ($Undo) { Remove-Everything; return }

if (-not (Get-ServicePrincipal | Where-Object { "$($_.AppId)" -eq "$ClientId" }) -and $PSCmdlet.ShouldProcess("$ClientId", 'Register the service principal in Exchange')) {
    New-ServicePrincipal -AppId "$ClientId" -ObjectId "$ObjectId" -DisplayName $GroupName | Out-Null
}
$roles = @(New-LeastRole)
if ($AuditLog) { $roles += 'View-Only Audit Logs' }
if ($roles.Count -gt 0) { Set-OwnGroup $roles }
