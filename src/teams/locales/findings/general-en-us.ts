import type { EvidenceSource, GeneralStatements } from '../../../incident/model/statements/general.ts';
import type { StatementSentences } from './finding-texts.ts';

const sources: { readonly [source in EvidenceSource]: string } = {
  exchange: 'Exchange Online',
  graph: 'Microsoft Graph',
  audit_log: 'the audit log',
  hunting: 'advanced hunting',
  message_trace: 'message trace',
  dns: 'DNS',
  identity_protection: 'Identity Protection',
  block_list: 'the block list',
};

export const generalEnUs: StatementSentences<keyof GeneralStatements> = {
  not_licensed: ({ source, feature }) =>
    `Not checked: ${sources[source]} needs ${feature}, which the tenant does not have.`,
  not_permitted: ({ source, permission }) => `Not checked: ${sources[source]} refused; the app lacks ${permission}.`,
  no_answer_in_time: ({ source }) => `Not checked: no answer from ${sources[source]} in time.`,
  no_answer: ({ source, reason }) => `Not checked: ${sources[source]} failed (${reason}).`,
  incomplete: ({ source, reason }) => `Only a part of ${sources[source]} could be read (${reason}).`,
  looked_up_in_part: ({ what, read, count }) => `Only ${read} of ${count} ${what} were looked up in DNS.`,
  not_configured: ({ setting }) => `Not checked: ${setting} is not set.`,
  configuration_unread: () => 'Not checked: Exchange did not show the connector’s configuration.',
  check_failed: () => 'Not checked: this check failed because of a defect in the bot; its log has the details.',
  of_another_version: ({ kind }) => `Found by another version of this bot: ${kind}.`,
};
