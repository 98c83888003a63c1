using 'main.bicep'

param image = 'ghcr.io/<owner>/connector-guard:v1.0.0-rc.1'
param approverGroupId = '<object id of the group of approvers>'
param alertEmail = '<address>'
// Japanese cards, and times in messages in Tokyo's zone:
// param locale = 'ja-JP'
// param timeZone = 'Asia/Tokyo'
// Random text for Graph's notifications; without it the service polls.
// param notificationSecret = readEnvironmentVariable('NOTIFICATION_SECRET')
