/**
 * `documented`: stated by Microsoft's documentation or metadata. `captured`: published by others who received it, or by a
 * working client. `inferred`: neither.
 */
type ShapeLabel = 'documented' | 'captured' | 'inferred';

type Shape = {
  /** What this service relies on. */
  readonly expects: string;
  readonly label: ShapeLabel;
  readonly source: string;
  /** An alternative that must not break anything; null when no other form is known to be possible. */
  readonly otherwise: string | null;
};

/**
 * The response shapes and behaviours of Microsoft's services that this service relies on. The simulated tenant serves each
 * inferred one in both forms.
 */
export const SHAPES = {
  blocked_connector_row: {
    expects: 'A row of Get-BlockedConnector has ConnectorId, ConnectorName, Reason, CreatedTime and ExpirationTime.',
    label: 'inferred',
    source: 'No output is published; one third-party client uses these names, related cmdlets use others.',
    otherwise: 'Other names, an id in another property, or no id at all.',
  },
  blocked_connector_details: {
    expects: 'The list of Get-BlockedConnector has every property of a row.',
    label: 'inferred',
    source: 'Exchange PowerShell: Get-BlockedConnector calls the list a summary, and -ConnectorId detailed.',
    otherwise: 'Only -ConnectorId gives the name, the reason and the times.',
  },
  connector_id: {
    expects: "ConnectorId is the Guid of Get-InboundConnector's row.",
    label: 'inferred',
    source: 'Exchange PowerShell: Remove-BlockedConnector says "the GUID value of the connector" and no more.',
    otherwise: 'The two differ, and only the name is the same.',
  },
  inbound_connector_row: {
    expects: 'A row of Get-InboundConnector has Guid, Name, ConnectorType and Enabled.',
    label: 'captured',
    source: 'rknightion/graph2otel, exchangeconnectors_test.go; Exchange PowerShell: Set-InboundConnector.',
    otherwise: null,
  },
  remove_answer: {
    expects: 'Remove-BlockedConnector responds with any success status, and a later reading shows the effect.',
    label: 'inferred',
    source: 'No output is published; CIPP-API (New-ExoBulkRequest.ps1) handles empty values from such cmdlets.',
    otherwise: 'An empty list, null, or 204 without content.',
  },
  cmdlet_warning: {
    expects: 'A warning either reports missing rows or is unrelated to the rows.',
    label: 'captured',
    source: 'rknightion/graph2otel, internal/exoclient; CIPP-API shows warnings and continues.',
    otherwise: 'The same notice on every response.',
  },
  exchange_redirect: {
    expects: 'outlook.office365.com responds without a redirect.',
    label: 'captured',
    source:
      'rknightion/graph2otel saw no redirect; cisagov/ScubaGear (EXORestHelper.psm1) says that some tenants have one.',
    otherwise: 'It redirects to a tenant-specific host under its own name.',
  },
  anchor: {
    expects: 'Exchange accepts the system mailbox that every organization has as X-AnchorMailbox.',
    label: 'captured',
    source: 'KelvinTegelaar/CIPP-API, New-ExoRequest.ps1.',
    otherwise: '400 ErrorIncorrectRoutingHint: the header is omitted from then on.',
  },
  exchange_busy: {
    expects: 'A busy Exchange responds with 429.',
    label: 'captured',
    source: 'GreyCorbel/ExoHelper, Invoke-ExoCommand.ps1: a plain text about concurrent requests, with another status.',
    otherwise: 'Any status, with the message in plain text.',
  },
  exported_cmdlets: {
    expects: 'EXOModuleFile lists the cmdlets that this app may run, as exportedCmdlets.',
    label: 'captured',
    source: 'KelvinTegelaar/CIPP-API, New-ExoRequest.ps1; cisagov/ScubaGear relies on its redirect.',
    otherwise: 'A redirect, or a response without the list: the doctor then reports the cmdlets as unknown.',
  },
  role_schedules: {
    expects: 'Graph lists roleAssignmentScheduleInstances.',
    label: 'documented',
    source:
      'Microsoft Graph: List roleAssignmentScheduleInstances; without Entra ID P2 it responds with 400 AadPremiumLicenseRequired (Microsoft365DSC).',
    otherwise: 'The tenant has no Entra ID P2: roleAssignments are read instead, which are then complete.',
  },
  role_expand: {
    expects: 'Graph accepts $expand=principal($select=id) on role assignments.',
    label: 'inferred',
    source: 'Microsoft Graph documents $expand=principal; no example has a nested $select.',
    otherwise: '400: plain $expand=principal is used.',
  },
  alert_policy: {
    expects: "An alert's detectorId is the policy's id, or its title the policy's name.",
    label: 'inferred',
    source: 'wazuh/wazuh #37940 shows it for another built-in policy; no alert of this policy has been published.',
    otherwise: 'Only one of the two.',
  },
  alert_row: {
    expects: 'An alert has an id, a title, a status, a severity and the times of its creation and last change.',
    label: 'documented',
    source:
      'Microsoft Graph: security alert; a complete record has been published (rknightion/graph2otel, live-alert.json).',
    otherwise: null,
  },
  alert_time: {
    expects: 'The alert is raised 1 to 15 minutes after the restriction.',
    label: 'documented',
    source: 'Microsoft Defender XDR: alert policies (aggregation of 1 or 15 minutes).',
    otherwise: 'Before it, long after it, or never.',
  },
  alert_subscription: {
    expects: 'Graph refuses a subscription to security/alerts_v2.',
    label: 'inferred',
    source: 'Microsoft Graph: change notifications lists only legacy alerts.',
    otherwise: 'It grants one.',
  },
  feed_alert_id: {
    expects: 'The id of a Defender alert is "fa" and the AlertId of its audit record.',
    label: 'inferred',
    source:
      'Both have been published, but not for the same alert (wazuh/wazuh #37940; elastic/integrations, o365 test records).',
    otherwise: 'The ids are unrelated: the record only triggers a reading.',
  },
  hygiene_record: {
    expects: 'HygieneTenantEvents report Listed and Delisted for restricted connectors too.',
    label: 'inferred',
    source: 'Office 365 Management Activity API schema: Hygiene events, documented for users.',
    otherwise: 'They cover users only, or use other names: a record only triggers a reading.',
  },
  email_events_connectors: {
    expects: 'EmailEvents.Connectors holds the name or the id of the connector as a whole word.',
    label: 'inferred',
    source: 'Microsoft Defender XDR: EmailEvents describes the column and shows no value of it.',
    otherwise: 'Another form: hunting then finds no mail of the connector, and the finding makes no claim.',
  },
  message_trace_row: {
    expects: 'A row of message trace has receivedDateTime, senderAddress, fromIP and status.',
    label: 'documented',
    source: 'Microsoft Graph: exchangeMessageTrace.',
    otherwise: null,
  },
  audit_record: {
    expects: 'An audit record of a connector change names the connector in ObjectId or its parameters.',
    label: 'documented',
    source: 'Office 365 Management Activity API schema: Exchange Admin schema.',
    otherwise: null,
  },
} as const satisfies Readonly<Record<string, Shape>>;

export type ShapeId = keyof typeof SHAPES;
