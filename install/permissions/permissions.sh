#!/usr/bin/env bash
# Creates the managed identity and the Azure Bot, and grants the identity exactly the application roles that were chosen.
# Everything is done through Azure CLI (az 2.60 or later), signed in with "az login". Exchange's own part is exchange.ps1.
set -euo pipefail

GRAPH=00000003-0000-0000-c000-000000000000
EXCHANGE=00000002-0000-0ff1-ce00-000000000000
MANAGEMENT_APIS=c5393580-f805-4401-95e8-94b7a6ef2fc2
# Microsoft's application for message trace in Graph; a tenant needs a service principal of it.
MESSAGE_TRACE=8bd644d1-64a1-4d4b-ae52-2e0cbf64e373
GRAPH_URL=${GRAPH_URL:-https://graph.microsoft.com/v1.0}
# Between two questions whether Graph knows a new identity, which may take a minute.
WAIT_SECONDS=${WAIT_SECONDS:-5}

usage() {
  cat <<'TEXT'
Creates the identity and the bot of Connector Guard, and grants it application roles.

Usage:
  permissions.sh apply  --group <resource group> --name <name> --endpoint <https://…/api/messages> [--with <features>] [--what-if]
  permissions.sh undo   --group <resource group> --name <name> [--what-if]

Options:
  --group <name>      The Azure resource group; it must exist.
  --name <name>       The name of the identity and of the bot.
  --location <name>   The region of the identity; that of the resource group by default.
  --endpoint <url>    Where the Bot Framework reaches the service.
  --with <features>   Separated by commas: roles, evidence, feed, powershell. The basic roles are always granted.
  --what-if           Print what would be done, and change nothing.
  -h, --help          Print this help.

Exit codes:
  0  Done, or nothing was left to do.
  1  A step failed; run the same command again when its cause is fixed.
  2  The command line was not understood.
TEXT
}

fail() { printf '%s\n\n' "$1" >&2; usage >&2; exit 2; }

command=${1:-}
case $command in
  apply | undo) shift ;;
  -h | --help) usage; exit 0 ;;
  *) fail 'Specify a subcommand: apply or undo.' ;;
esac

group='' name='' location='' endpoint='' features='' what_if=no
while [ $# -gt 0 ]; do
  case $1 in
    --what-if) what_if=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    --group | --name | --location | --endpoint | --with)
      [ $# -gt 1 ] || fail "$1 needs a value."
      case $1 in
        --group) group=$2 ;; --name) name=$2 ;; --location) location=$2 ;; --endpoint) endpoint=$2 ;; --with) features=$2 ;;
      esac
      shift 2 ;;
    *) fail "$1 is not understood." ;;
  esac
done
[ -n "$group" ] || fail '--group is missing.'
[ -n "$name" ] || fail '--name is missing.'

# Prints a change; carries it out unless this is a preview.
change() {
  local what=$1
  shift
  if [ "$what_if" = yes ]; then
    printf 'would: %s\n' "$what"
  else
    printf '%s\n' "$what"
    "$@" >/dev/null
  fi
}

# One line for each role: the resource's application id and the role's name.
wanted_roles() {
  printf '%s\n' "$GRAPH SecurityAlert.ReadWrite.All" "$GRAPH User.Read.All" "$GRAPH GroupMember.Read.All" \
    "$EXCHANGE Exchange.ManageAsApp"
  local feature
  for feature in ${features//,/ }; do
    case $feature in
      roles) printf '%s\n' "$GRAPH RoleAssignmentSchedule.Read.Directory" "$GRAPH RoleManagement.Read.Directory" ;;
      evidence) printf '%s\n' "$GRAPH ThreatHunting.Read.All" "$GRAPH ExchangeMessageTrace.Read.All" "$GRAPH IdentityRiskyUser.Read.All" ;;
      powershell) printf '%s\n' "$GRAPH Organization.Read.All" ;;
      feed) printf '%s\n' "$MANAGEMENT_APIS ActivityFeed.Read" ;;
      *) printf '%s\n' "There is no feature \"$feature\": use roles, evidence, feed or powershell." >&2; return 2 ;;
    esac
  done
}

exists() { "$@" >/dev/null 2>&1; }

apply() {
  local roles
  roles=$(wanted_roles) || exit 2
  [[ $endpoint == https://*/api/messages ]] || fail '--endpoint must be an https:// address that ends in /api/messages.'
  local tenant
  tenant=$(az account show --query tenantId --output tsv)
  if ! exists az identity show --resource-group "$group" --name "$name"; then
    change "create the managed identity $name" az identity create --resource-group "$group" --name "$name" \
      ${location:+--location "$location"}
  fi
  if [ "$what_if" = yes ] && ! exists az identity show --resource-group "$group" --name "$name"; then
    change "create the bot $name (single tenant, no secret) with the channel Microsoft Teams"
    while read -r resource role; do change "grant $role of $resource"; done <<<"$roles"
    register_message_trace "$roles"
    return
  fi
  local client principal identity
  client=$(az identity show --resource-group "$group" --name "$name" --query clientId --output tsv)
  principal=$(az identity show --resource-group "$group" --name "$name" --query principalId --output tsv)
  identity=$(az identity show --resource-group "$group" --name "$name" --query id --output tsv)
  wait_for_principal "$principal"
  if ! exists az bot show --resource-group "$group" --name "$name"; then
    change "create the bot $name (single tenant, no secret)" az bot create --resource-group "$group" --name "$name" \
      --app-type UserAssignedMSI --appid "$client" --tenant-id "$tenant" --msi-resource-id "$identity" --endpoint "$endpoint"
  fi
  if ! exists az bot msteams show --resource-group "$group" --name "$name"; then
    change 'turn the channel Microsoft Teams on' az bot msteams create --resource-group "$group" --name "$name"
  fi
  while read -r resource role; do grant "$principal" "$resource" "$role"; done <<<"$roles"
  printf 'CLIENT_ID=%s\nTENANT_ID=%s\n' "$client" "$tenant"
  printf '# Next: pwsh -File install/permissions/exchange.ps1 -ClientId %s -ObjectId %s -AuditLog -WhatIf\n' "$client" "$principal"
  register_message_trace "$roles"
}

wait_for_principal() {
  local tries=0
  until exists az rest --method get --url "$GRAPH_URL/servicePrincipals/$1" --query id --output tsv; do
    tries=$((tries + 1))
    if [ "$tries" -ge 24 ]; then
      printf 'Microsoft Graph does not know the identity %s yet: run the same command again in a few minutes.\n' "$1" >&2
      exit 1
    fi
    sleep "$WAIT_SECONDS"
  done
}

# Last, because it needs one more role than the rest. Undo leaves it: other applications of the tenant may use message trace.
register_message_trace() {
  [[ $1 == *ExchangeMessageTrace* ]] || return 0
  if ! exists az ad sp show --id "$MESSAGE_TRACE"; then
    change "register Microsoft's application for message trace" az ad sp create --id "$MESSAGE_TRACE"
  fi
}

grant() {
  local principal=$1 resource=$2 role=$3 resource_id role_id granted
  resource_id=$(az rest --method get --url "$GRAPH_URL/servicePrincipals(appId='$resource')" --query id --output tsv </dev/null)
  role_id=$(az rest --method get --url "$GRAPH_URL/servicePrincipals(appId='$resource')" \
    --query "appRoles[?value=='$role'].id | [0]" --output tsv </dev/null)
  [ -n "$role_id" ] || { printf 'The tenant offers no role %s: is the service licensed?\n' "$role" >&2; exit 1; }
  granted=$(az rest --method get --url "$GRAPH_URL/servicePrincipals/$principal/appRoleAssignments" \
    --query "value[?appRoleId=='$role_id' && resourceId=='$resource_id'].id | [0]" --output tsv </dev/null)
  [ -z "$granted" ] || return 0
  change "grant $role" az rest --method post --url "$GRAPH_URL/servicePrincipals/$principal/appRoleAssignments" \
    --headers Content-Type=application/json \
    --body "{\"principalId\":\"$principal\",\"resourceId\":\"$resource_id\",\"appRoleId\":\"$role_id\"}" </dev/null
}

# Removing the identity removes its service principal, and with that every role it was granted.
undo() {
  if exists az bot show --resource-group "$group" --name "$name"; then
    change "delete the bot $name" az bot delete --resource-group "$group" --name "$name"
  fi
  if exists az identity show --resource-group "$group" --name "$name"; then
    local principal assignment
    principal=$(az identity show --resource-group "$group" --name "$name" --query principalId --output tsv)
    for assignment in $(az rest --method get --url "$GRAPH_URL/servicePrincipals/$principal/appRoleAssignments" \
      --query 'value[].id' --output tsv); do
      change "revoke the role assignment $assignment" az rest --method delete \
        --url "$GRAPH_URL/servicePrincipals/$principal/appRoleAssignments/$assignment"
    done
    change "delete the managed identity $name" az identity delete --resource-group "$group" --name "$name"
  fi
}

"$command"
