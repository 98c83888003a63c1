using 'main.bicep'

param image = 'ghcr.io/<owner>/connector-guard:v1.0.0-rc.1'
param approverGroupId = '<object id of the group of approvers>'
param alertEmail = '<address>'
// Random text for Graph's notifications; without it the service polls.
// param notificationSecret = readEnvironmentVariable('NOTIFICATION_SECRET')
