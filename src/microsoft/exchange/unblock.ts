/**
 * Lifts a restriction in one of the unblock modes. `asked`: Exchange accepted the request. `by_hand`: a person has to run
 * the command. `not_called`: nothing happens. Throws an UpstreamError whose `effect` says whether Exchange may have acted.
 */
export type Unblock = (request: UnblockRequest) => Promise<UnblockResult>;

type UnblockRequest = { readonly connectorId: string; readonly reason: string };

type UnblockResult = {
  readonly requestId: string | null;
  readonly done: 'asked' | 'by_hand' | 'not_called';
};
