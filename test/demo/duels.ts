import assert from 'node:assert/strict';

/** What two different admins press at the same moment, on the same card. */
export type Duel = readonly [Verb, Verb];
type Verb = 'approve' | 'confirm' | 'reject' | 'withdraw';

type Pressed = { readonly verb: Verb; readonly by: string; readonly told: string };

/** Every pair that meets on one card; only the approver can withdraw, so that nobody meets them withdrawing but a decision. */
export const DUELS: readonly Duel[] = [
  ['confirm', 'confirm'],
  ['confirm', 'reject'],
  ['confirm', 'withdraw'],
  ['reject', 'withdraw'],
  ['reject', 'reject'],
  ['approve', 'approve'],
];

const DONE: { readonly [verb in Verb]: RegExp } = {
  approve: /^You approved unblocking .* A different admin has to confirm\.$/,
  confirm: /^You confirmed unblocking /,
  reject: /^You rejected the approval\. .* stays restricted\.$/,
  withdraw: /^You withdrew your approval\. .* stays restricted\.$/,
};

/** The one press that had an effect. Fails when there is not exactly one, or the other person was told what is not so. */
export function winnerOf(presses: readonly Pressed[]): Pressed {
  const story = presses.map(({ verb, by, told }) => `${by} pressed ${verb}: ${told}`).join('\n');
  const [winner, ...more] = presses.filter(({ verb, told }) => DONE[verb].test(told));
  assert.ok(
    winner !== undefined && more.length === 0,
    `not one effect but ${more.length + (winner ? 1 : 0)}\n${story}`,
  );
  for (const { told } of presses.filter((press) => press !== winner)) assert.match(told, toldAfter(winner), story);
  return winner;
}

/** What is so once that press has counted. */
function toldAfter({ verb, by }: Pressed): RegExp {
  switch (verb) {
    case 'approve':
      return new RegExp(`^${by} has approved already: press "Confirm…" on the card if you agree\\.$`);
    case 'confirm':
      return /^The connector is being (unblocked|verified) now, so this does not apply|^This incident is over \(no longer restricted\)/;
    case 'reject':
    case 'withdraw':
      return /^That approval has ended, so nothing was done\./;
  }
}
