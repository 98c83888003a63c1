import assert from 'node:assert/strict';
import { galleryCards } from '../../gallery/gallery-cards.ts';
import { NASTY } from './card-states.ts';
import { speakPseudo } from './pseudo-locale.ts';

/** Keys of Adaptive Cards whose values people read or hear. */
const SHOWN = new Set(['text', 'title', 'label', 'placeholder', 'errorMessage', 'speak', 'fallbackText', 'altText']);

/** What the builders wrote, which is nobody's to translate: Microsoft's texts, names, reasons, and commands for Exchange. */
const DATA = [
  ...['Suspicious connector activity', 'Suspicious activity', 'Set-InboundConnector', 'SenderIPAddresses'],
  ...['Remove-BlockedConnector', '-ConnectorId', '-Reason', /Approved by 佐藤 葵.*/, 'Exchange 503'],
  ...[
    'Relay from Osaka',
    /Relay \d{4}/,
    'Rlay',
    'DRILL 訓練',
    'Ben Okafor',
    'Chie Mori',
    'mail-admin@tenant.example',
    /mail-adm[\w@.]*…/,
  ],
  'ThreatHunting.Read.All',
  ...['mail.example.com', /The relay of the Osaka branch.*/, 'The flood was a misconfigured printer; it is off now.'],
  ...[
    'Still investigating',
    'Not safe yet',
    'Payslips go out tonight and nobody else answers.',
    'The app lacks the role.',
  ],
  ...['Justified: nobody else could be reached.', NASTY, NASTY.replace('{{', '{\u200b{'), /\*\*bold\*\* .*?(?=…)/],
  /** Times that the card draws, addresses, ids, and durations as Intl writes them. */
  ...[/\{\{[^}]*\}\}/, /https?:\/\/\S+/, /[0-9a-f]{8}-[0-9a-f-]{27}/, /\d+ (?:day|hour|minute|second)s?/],
].map((data) => new RegExp(typeof data === 'string' ? RegExp.escape(data) : data, 'g'));

function textsOn(node: unknown, key = ''): readonly string[] {
  if (typeof node === 'string') return SHOWN.has(key) ? [node] : [];
  if (typeof node !== 'object' || node === null) return [];
  const children = Object.entries(node).filter(([name]) => name !== 'data');
  return children.flatMap(([name, child]) => textsOn(child, Array.isArray(node) ? key : name));
}

const untranslated = (text: string) =>
  DATA.reduce((rest, data) => rest.replaceAll(data, ''), text).match(/[a-z]{2,}/gi) ?? [];

describe('a card in a language whose texts are 40 % longer', () => {
  let english: { readonly stop: () => void };
  before(() => {
    english = speakPseudo();
  });
  after(() => english.stop());

  it('has no text on it that is not from the language’s file', () => {
    const cards = galleryCards(['en-US'], ['honest']);
    assert.ok(cards.length > 40, `${cards.length} cards`);
    const found = cards.flatMap(({ name, card }) =>
      textsOn(card).flatMap((text) => untranslated(text).map((word) => `${name}: "${word}" in "${text}"`)),
    );
    assert.deepEqual(found, []);
  });

  it('takes at most 28 KB', () => {
    for (const { name, card } of galleryCards(['en-US'])) {
      const bytes = Buffer.byteLength(JSON.stringify(card));
      assert.ok(bytes <= 28_000, `${name} takes ${bytes} bytes`);
    }
  });
});
