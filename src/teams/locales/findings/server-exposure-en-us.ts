import type { ServerExposureStatements } from '../../../incident/model/statements/server-exposure.ts';
import type { StatementSentences } from './finding-texts.ts';

export const serverExposureEnUs: StatementSentences<keyof ServerExposureStatements> = {
  no_server_known: () => 'Not checked: no address of the sending server is known.',
  generic_name: ({ address, name }) =>
    `${address} is called ${name}: a provider’s generic name, as home and cloud machines have.`,
  nameless_server: ({ addresses }) => `No name in reverse DNS: ${addresses.join(', ')}.`,
  certificate_elsewhere: ({ certificate, addresses }) =>
    `${certificate} is another server in DNS (${addresses.join(', ')}), not one of the connector’s addresses.`,
  on_block_list: ({ address, list }) => `${address} is on the block list ${list}.`,
  block_list_refused: ({ list }) =>
    `Not checked: the block list ${list} does not answer this DNS resolver. Set DNS_SERVERS to one that it answers.`,
  server_named: ({ names }) => `The sending server has a name of its own: ${names.join(', ')}.`,
};
