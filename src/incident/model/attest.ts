import type { Attestation, AttestedFindings, CardTexts } from './attestation.ts';
import type { Incident } from './incident.ts';
import type { LinkedAlert } from './linked-alert.ts';
import { ACCOUNT_SECURED, changedByAccount, withAccount } from './recommendations.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

/** Builds the attestation of an approval given now, with the texts of the ticked boxes only. */
export function attest(incident: Incident, attested: readonly string[], cardTexts: CardTexts | undefined): Attestation {
  const { language = null, words = {} } = cardTexts ?? {};
  const account = changedByAccount(incident.findings);
  const ticked = attested.flatMap((id) => {
    const text = id === 'admins_secured' && account !== null ? securedText(words, account) : words[id];
    return text === undefined ? [] : [[id, text] as const];
  });
  const evidence = incident.findings === undefined ? {} : { evidence: incident.findings };
  return { language, words: Object.fromEntries(ticked), findings: findingsOf(incident), ...evidence };
}

function securedText(texts: CardTexts['words'], account: string): string | undefined {
  const text = texts[ACCOUNT_SECURED];
  return text === undefined ? texts.admins_secured : withAccount(text, account);
}

/** Returns what the card shows about the connector now. */
export function findingsOf(incident: Incident): AttestedFindings {
  const { connector } = incident;
  return {
    match: connector?.match ?? null,
    changedAt: connector?.changedAt ?? null,
    changedRecently: changedRecently(incident),
    alertLink: strongestLink(incident.alerts),
  };
}

/** Whether the inbound connector was changed within 7 days before its restriction, or since; null when unknown. */
export function changedRecently({ connector, openedAt }: Incident): boolean | null {
  if (connector === null || connector.changedAt === null) return null;
  return connector.changedAt > (connector.restrictedSince ?? openedAt) - WEEK_MS;
}

function strongestLink(alerts: readonly LinkedAlert[]): AttestedFindings['alertLink'] {
  const strength = ['named', 'nearness', 'unlinked'] as const;
  return strength.find((link) => alerts.some((alert) => alert.link === link)) ?? 'none';
}
