import assert from 'node:assert/strict';

/** The buttons that two different admins press at the same moment on the same card. */
export type Duel = readonly [Verb, Verb];
type Verb = 'approve' | 'confirm' | 'reject' | 'withdraw';

type Pressed = { readonly verb: Verb; readonly by: string; readonly sentence: string };

/** Every pair that is possible on one card. Only the approver can withdraw, so a withdrawal competes only with a decision. */
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

/** Returns the one click that had an effect. Throws when there is not exactly one, or when the other person got a wrong answer. */
export function winnerOf(presses: readonly Pressed[]): Pressed {
  const story = presses.map(({ verb, by, sentence }) => `${by} pressed ${verb}: ${sentence}`).join('\n');
  const [winner, ...more] = presses.filter(({ verb, sentence }) => DONE[verb].test(sentence));
  assert.ok(
    winner !== undefined && more.length === 0,
    `not one effect but ${more.length + (winner ? 1 : 0)}\n${story}`,
  );
  for (const { sentence } of presses.filter((press) => press !== winner))
    assert.match(sentence, replyAfter(winner), story);
  return winner;
}

/** Returns the pattern of the other person's answer once that click has counted. */
function replyAfter({ verb, by }: Pressed): RegExp {
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
