/** How an SPF record names Exchange Online, from where relayed mail leaves. */
export type ExchangeSpf = {
  /** What a record includes for it (Microsoft Learn: Set up SPF to identify valid email sources). */
  readonly include: string;
  /** One address of each range it sends from, for records that list the ranges themselves; none where none is published. */
  readonly addresses: readonly string[];
};

/** Ranges: Microsoft 365 URLs and IP address ranges, Exchange Online, `*.protection.outlook.com`. */
const PUBLIC_ADDRESSES = ['40.92.0.1', '40.107.0.1', '52.100.0.1', '104.47.0.1'];

const INCLUDES: Readonly<Record<string, ExchangeSpf>> = {
  public: { include: 'spf.protection.outlook.com', addresses: PUBLIC_ADDRESSES },
  'gcc-high': { include: 'spf.protection.office365.us', addresses: [] },
  dod: { include: 'spf.protection.office365.us', addresses: [] },
  china: { include: 'spf.protection.partner.outlook.cn', addresses: [] },
};

/** Null for a cloud whose name for it is not published: then nothing can be said of a record. */
export function exchangeSpf(cloud: string): ExchangeSpf | null {
  return INCLUDES[cloud] ?? null;
}
