/** A row of Get-InboundConnector: a live record (rknightion/graph2otel, exchangeconnectors_test.go), without its sidecars. */
export type InboundConnector = ReturnType<typeof connectorRecord>;

type Changes = Partial<Omit<InboundConnector, 'Guid' | 'WhenCreatedUTC' | 'WhenChangedUTC'>>;

type Version = { readonly at: number; readonly connector: InboundConnector };

export type Connectors = {
  add(name: string, changes?: Partial<Omit<InboundConnector, 'Name' | 'Identity'>>): InboundConnector;
  edit(nameOrId: string, changes: Changes): InboundConnector;
  remove(nameOrId: string): void;
  find(nameOrId: string): InboundConnector | undefined;
  need(nameOrId: string): InboundConnector;
  all(): readonly InboundConnector[];
  /** Every connector as created and after each change, oldest first. */
  readonly versions: readonly Version[];
};

/** The age of a connector by default, because a new one is suspicious in itself. */
const AGE_MS = 400 * 24 * 3_600_000;

export function createConnectors(now: () => number): Connectors {
  const connectors: InboundConnector[] = [];
  const versions: Version[] = [];
  const find = (nameOrId: string) =>
    connectors.find((one) => one.Guid === nameOrId.toLowerCase() || one.Name === nameOrId || one.Identity === nameOrId);
  const need = (nameOrId: string) => {
    const connector = find(nameOrId);
    if (connector === undefined) throw new Error(`no inbound connector ${nameOrId}`);
    return connector;
  };
  return {
    find,
    need,
    versions,
    all: () => [...connectors],
    add(name, changes = {}) {
      const made = exchangeTime(now() - AGE_MS);
      const connector = { ...connectorRecord(name, made, connectors.length), ...changes };
      connectors.push(connector);
      versions.push({ at: now(), connector });
      return connector;
    },
    edit(nameOrId, changes) {
      const index = connectors.indexOf(need(nameOrId));
      const edited = { ...need(nameOrId), ...changes, WhenChangedUTC: exchangeTime(now()) };
      connectors[index] = edited;
      versions.push({ at: now(), connector: edited });
      return edited;
    },
    remove: (nameOrId) => void connectors.splice(connectors.indexOf(need(nameOrId)), 1),
  };
}

/** Formats a time with seven fractional digits (rknightion/graph2otel, exchangeconnectors_test.go). */
export function exchangeTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000Z');
}

function connectorRecord(name: string, time: string, number: number) {
  const digits = (number + 1).toString(16).padStart(4, '0');
  const strings: string[] = [];
  return {
    Enabled: true,
    ConnectorType: 'OnPremises',
    ConnectorSource: 'AdminUI',
    Comment: '',
    SenderIPAddresses: strings,
    SenderDomains: ['smtp:*;1'],
    TrustedOrganizations: strings,
    ClientHostNames: strings,
    AssociatedAcceptedDomains: strings,
    RequireTls: true,
    RestrictDomainsToIPAddresses: false,
    RestrictDomainsToCertificate: false,
    CloudServicesMailEnabled: false,
    TreatMessagesAsInternal: false,
    TlsSenderCertificateName: '*.relay.example',
    EFTestMode: false,
    ScanAndDropRecipients: strings,
    EFSkipLastIP: false,
    EFSkipIPs: strings,
    EFSkipMailGateway: strings,
    EFUsers: strings,
    AdminDisplayName: '',
    Name: name,
    Identity: name,
    WhenChangedUTC: time,
    WhenCreatedUTC: time,
    Guid: `159eb7c4-75d7-03e2-15fe-ced44b3e${digits}`,
    IsValid: true,
  };
}
