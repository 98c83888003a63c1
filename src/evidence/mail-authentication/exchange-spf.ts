/** How an SPF record names Exchange Online, from which relayed mail is sent. */
export type ExchangeSpf = {
  /** The name a record includes (Microsoft Learn: Set up SPF to identify valid email sources). */
  readonly include: string;
  /** One address of each range it sends from, for records that list the ranges themselves; empty where none is published. */
  readonly addresses: readonly string[];
};

/** One address of each range of Exchange Online (Microsoft 365 URLs and IP address ranges, `*.protection.outlook.com`). */
const PUBLIC_ADDRESSES = ['40.92.0.1', '40.107.0.1', '52.100.0.1', '104.47.0.1'];

const INCLUDES: Readonly<Record<string, ExchangeSpf>> = {
  public: { include: 'spf.protection.outlook.com', addresses: PUBLIC_ADDRESSES },
  'gcc-high': { include: 'spf.protection.office365.us', addresses: [] },
  dod: { include: 'spf.protection.office365.us', addresses: [] },
  china: { include: 'spf.protection.partner.outlook.cn', addresses: [] },
};

/** Returns null for a cloud whose SPF name is not published: its records cannot be judged. */
export function exchangeSpf(cloud: string): ExchangeSpf | null {
  return INCLUDES[cloud] ?? null;
}
