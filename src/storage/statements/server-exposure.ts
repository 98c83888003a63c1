import { z } from 'zod';

const addresses = z.array(z.string()).readonly();

/** The schemas of stored statements about the sending server. */
export const serverExposureDocuments = {
  no_server_known: z.object({}),
  generic_name: z.object({ address: z.string(), name: z.string() }),
  nameless_server: z.object({ addresses }),
  certificate_elsewhere: z.object({ certificate: z.string(), addresses }),
  on_block_list: z.object({ address: z.string(), list: z.string() }),
  block_list_refused: z.object({ list: z.string() }),
  server_named: z.object({ names: z.array(z.string()).readonly() }),
};
