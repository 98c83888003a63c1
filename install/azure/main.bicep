// Connector Guard on Azure Container Apps, in one resource group:
//   az deployment group create --resource-group <group> --template-file install/azure/main.bicep --parameters <file>.bicepparam
// (the same with `what-if` in place of `create` changes nothing). Creates the identity, the bot with its Teams channel, PostgreSQL
// that takes tokens of that identity and no password, the app with its probes, a workspace for its log, and alerts on it.
// The identity's permissions in Microsoft 365 come from install/permissions, before or after.
targetScope = 'resourceGroup'

@description('Name of the identity, the bot and the app; prefix of the rest.')
@minLength(3)
@maxLength(24)
param name string = 'connector-guard'

@description('Region of everything but the bot, which is global.')
param location string = resourceGroup().location

@description('The image, with its tag or digest.')
param image string

@description('Login server of a private Azure Container Registry of which the identity holds AcrPull; empty for a public image.')
param registry string = ''

@description('Object id of the Entra group whose members may approve and confirm.')
param approverGroupId string

@description('How Exchange is asked.')
@allowed(['exchange', 'manual', 'dry-run'])
param unblockMode string = 'dry-run'

@description('Language of the cards in the channel.')
@allowed(['en-US', 'ja-JP'])
param locale string = 'en-US'

@description('Time zone of times in messages, by its IANA name.')
param timeZone string = 'UTC'

@description('Random text of 32 to 128 characters that Graph must send as clientState; empty for polling only.')
@secure()
param notificationSecret string = ''

@description('Who gets the alerts.')
param alertEmail string

@description('Replicas of the app; two keep clicks answered while a machine fails.')
@minValue(1)
@maxValue(5)
param replicas int = 2

@description('Minutes without a complete reading of Exchange after which an alert is sent.')
@allowed([10, 15, 30, 60])
param notReadingMinutes int = 15

var usesPush = notificationSecret != ''
var publicUrl = 'https://${name}.${apps.properties.defaultDomain}'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-log'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 90
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.70.0.0/22'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.70.0.0/23'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.70.2.0/28'
          delegations: [{ name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }]
        }
      }
    ]
  }
}

// A module, because the name of the database's user is known only when the identity is there.
module database 'database.bicep' = {
  name: '${name}-database'
  params: {
    name: name
    location: location
    networkId: network.id
    userId: identity.properties.principalId
    userName: identity.name
  }
}

resource apps 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    vnetConfiguration: { infrastructureSubnetId: '${network.id}/subnets/apps' }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: workspace.properties.customerId
        sharedKey: workspace.listKeys().primarySharedKey
      }
    }
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    environmentId: apps.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: { external: true, targetPort: 3978, transport: 'http', allowInsecure: false }
      registries: registry == '' ? [] : [{ server: registry, identity: identity.id }]
      secrets: usesPush ? [{ name: 'notification-secret', value: notificationSecret }] : []
    }
    template: {
      scale: { minReplicas: replicas, maxReplicas: replicas }
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'guard'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/readyz', port: 3978 }
              periodSeconds: 2
              failureThreshold: 60
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: 3978 }
              periodSeconds: 30
              timeoutSeconds: 5
              failureThreshold: 3
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: 3978 }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 3
            }
          ]
          env: concat(
            [
              { name: 'CLIENT_ID', value: identity.properties.clientId }
              { name: 'TENANT_ID', value: tenant().tenantId }
              { name: 'APPROVER_GROUP_ID', value: approverGroupId }
              { name: 'DATABASE_AUTH', value: 'entra' }
              { name: 'DATABASE_URL', value: database.outputs.url }
              { name: 'UNBLOCK_MODE', value: unblockMode }
              { name: 'LOCALE', value: locale }
              { name: 'TIME_ZONE', value: timeZone }
              { name: 'METRICS_PORT', value: '9464' }
            ],
            usesPush
              ? [
                  { name: 'PUBLIC_URL', value: publicUrl }
                  { name: 'NOTIFICATION_SECRET', secretRef: 'notification-secret' }
                ]
              : []
          )
        }
      ]
    }
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'F0' }
  properties: {
    displayName: 'Connector Guard'
    endpoint: '${publicUrl}/api/messages'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    msaAppTenantId: tenant().tenantId
    msaAppType: 'UserAssignedMSI'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: { isEnabled: true }
  }
}

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-mail'
  location: 'global'
  properties: {
    groupShortName: 'guard'
    enabled: true
    emailReceivers: [{ name: 'admins', emailAddress: alertEmail, useCommonAlertSchema: true }]
  }
}

// Every query gives one row with one number, also where there is no line at all: silence is an alert, not a missing value.
var lines = 'ContainerAppConsoleLogs_CL | where ContainerAppName_s == "${name}" | extend line = parse_json(Log_s)'
var status = '${lines} | where line.event == "service_status"'
var alerts = [
  {
    name: 'not-reading'
    description: 'No complete reading of Exchange for ${notReadingMinutes} minutes, or never one: a restriction would not be noticed.'
    severity: 0
    query: '${status} | summarize read = max(todatetime(line.readAt)) | project value = datetime_diff("minute", now(), coalesce(read, datetime(2000-01-01)))'
    threshold: notReadingMinutes
    window: 'PT1H'
  }
  {
    name: 'unblock-failed'
    description: 'An unblock failed and needs people.'
    severity: 1
    query: '${status} | summarize value = coalesce(max(toint(line.unblockFailed)), 0)'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'jobs-late'
    description: 'The oldest job that is due has waited for five minutes.'
    severity: 2
    query: '${status} | summarize value = coalesce(max(toint(line.oldestJobSeconds)), 0)'
    threshold: 300
    window: 'PT15M'
  }
  {
    name: 'jobs-dead'
    description: 'Jobs were set aside after failing too often; the log has their errors (job_dead).'
    severity: 2
    query: '${status} | summarize value = coalesce(max(toint(line.deadJobs)), 0)'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'credential-expiring'
    description: 'A secret or a certificate of the application expires within 30 days, or has expired.'
    severity: 1
    query: '${lines} | where line.event == "self_check_finding" and line.check == "credential_expiry" | summarize value = count()'
    threshold: 0
    window: 'P1D'
  }
  {
    name: 'self-check-failed'
    description: 'The daily self-check found something failed; the log says what to do (self_check_finding).'
    severity: 2
    query: '${lines} | where line.event == "self_check_finding" and line.status == "failed" | summarize value = count()'
    threshold: 0
    window: 'P1D'
  }
  {
    name: 'audit-trail-broken'
    description: 'The audit trail is broken: nothing is unblocked until a person has decided.'
    severity: 1
    query: '${lines} | where line.event == "trail_broken" | summarize value = count()'
    threshold: 0
    window: 'P1D'
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [
  for alert in alerts: {
    name: '${name}-${alert.name}'
    location: location
    properties: {
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [workspace.id]
      evaluationFrequency: alert.window == 'P1D' ? 'PT1H' : 'PT5M'
      windowSize: alert.window
      autoMitigate: true
      // The table is made with the first line of the first app.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            metricMeasureColumn: 'value'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: alert.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [mail.id] }
    }
  }
]

@description('CLIENT_ID: for the Teams app package and the permissions.')
output clientId string = identity.properties.clientId

@description('Object id of the service principal: for install/permissions/exchange.ps1.')
output principalId string = identity.properties.principalId

@description('Where the Bot Framework reaches the service.')
output endpoint string = '${publicUrl}/api/messages'
