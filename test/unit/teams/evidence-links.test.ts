import assert from 'node:assert/strict';
import { STATES } from '../../../src/incident/model/incident.ts';
import { RECOMMENDATIONS } from '../../../src/incident/model/recommendations.ts';
import { renderIncident } from '../../../src/teams/cards/incident-card.ts';
import { offerText, waitingText } from '../../../src/teams/cards/messages/decision-text.ts';
import { replyText } from '../../../src/teams/cards/messages/sentences.ts';
import { strings } from '../../../src/teams/locales/locale.ts';
import { textOf } from '../../tenant/card-reading.ts';
import { awaiting, restricted } from '../incident/history.ts';
import { everyState } from './card-states.ts';

const LOCALES = ['en-US', 'ja-JP'] as const;

const view = (locale: (typeof LOCALES)[number]) => ({ locale, unblockMode: 'exchange', cloud: 'public' }) as const;
const linksIn = (card: object) => [...JSON.stringify(card).matchAll(/\[([^[\]"]+)\]\((https:[^)]+)\)/g)];
/** The buttons of a card that open a page. */
function pages(card: object): readonly { readonly title: string; readonly url: string }[] {
  const actions = 'actions' in card && Array.isArray(card.actions) ? card.actions : [];
  return actions.filter(({ type }) => type === 'Action.OpenUrl').map(({ title, url }) => ({ title, url }));
}

describe('the evidence that an admin is told to look at', () => {
  it('is linked for the second admin as it is for the first', () => {
    for (const locale of LOCALES) {
      const { cards } = strings(locale);
      const [first, second] = [restricted(), awaiting()].map((it) => renderIncident(it, view(locale)));
      assert.ok(first && second);
      const shown = linksIn(second).map(([, title, url]) => `${title} ${url}`);
      for (const id of RECOMMENDATIONS) {
        const titles = [cards.recommendationLinks[id], cards.openHunting[id]];
        for (const [, title, url] of linksIn(first).filter(([, title]) => titles.includes(title ?? '')))
          assert.ok(shown.includes(`${title} ${url}`), `${title} (${locale})`);
        assert.ok(
          shown.some((link) => link.startsWith(`${cards.recommendationLinks[id]} `)),
          id,
        );
      }
      for (const card of [first, second]) assert.ok(textOf(card).includes(cards.traceBy.anyDomain));
      assert.ok(textOf(second).includes(cards.confirmTitle));
    }
  });

  it('is on the card, as the typed ways to approve and to confirm say, which have no links', () => {
    const incident = awaiting();
    const { approval } = incident;
    assert.ok(approval);
    for (const locale of LOCALES) {
      const { evidence } = strings(locale).decisions;
      const reader = { locale, now: approval.approvedAt };
      assert.ok(replyText({ kind: 'approval_waiting', approval }, incident, reader, []).text.endsWith(evidence));
      assert.ok(waitingText([incident], 'confirm', locale).endsWith(evidence));
      assert.ok(offerText(restricted(), { code: '7K2P', reason: '' }, locale).includes(evidence));
      for (const verb of ['reject', 'withdraw', 'ask'] as const)
        assert.ok(!waitingText([incident], verb, locale).includes(evidence), verb);
    }
  });
});

describe('the page that a button of a card opens', () => {
  it('is the alert itself while there is only an alert, as the next step says', () => {
    for (const locale of LOCALES) {
      const { cards } = strings(locale);
      const { alerted } = everyState();
      assert.ok(alerted);
      const card = renderIncident(alerted, view(locale));
      assert.deepEqual(pages(card), [{ title: cards.openAlert, url: alerted.alerts[0]?.webUrl }]);
      assert.ok(textOf(card).includes(cards.openAlert) && cards.next.alerted.includes(cards.openAlert));
    }
  });

  it('is none while there is only an alert without an address, and the next step names no button', () => {
    const { alerted } = everyState();
    assert.ok(alerted);
    for (const webUrl of [null, 'javascript:alert(1)']) {
      const without = { ...alerted, alerts: alerted.alerts.map((alert) => ({ ...alert, webUrl })) };
      const card = renderIncident(without, view('en-US'));
      assert.deepEqual(pages(card), []);
      assert.ok(textOf(card).includes(strings('en-US').cards.next.alertedWithoutLink));
    }
  });

  it('has a title that names the page of restricted entities', () => {
    for (const name of STATES.filter((it) => it !== 'alerted')) {
      const incident = everyState()[name];
      assert.ok(incident);
      for (const { title, url } of pages(renderIncident(incident, view('en-US')))) {
        assert.equal(title, 'Restricted entities');
        assert.equal(url, 'https://security.microsoft.com/restrictedentities');
      }
    }
  });
});
