import assert from 'node:assert/strict';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { renderConnector, renderHistory } from '../../../src/teams/cards/connectors-card.ts';
import { summaryOf } from '../../../src/teams/cards/headline.ts';
import { renderIncident } from '../../../src/teams/cards/incident-card.ts';
import { renderConnectors } from '../../../src/teams/cards/status-card.ts';
import { strings } from '../../../src/teams/locales/locale.ts';
import { blockText, textOf } from '../../tenant/card-reading.ts';
import { CONNECTOR, T0, unblocking, verifying } from '../incident/history.ts';
import { everyState } from './card-states.ts';

const LOCALES = ['en-US', 'ja-JP'] as const;

describe('a card in a mode that does not call Exchange', () => {
  it('never states that Exchange was called', () => {
    for (const unblockMode of ['manual', 'dry-run'] as const) {
      const view = { locale: 'en-US', unblockMode, cloud: 'public' } as const;
      const text = textOf(renderIncident(verifying(), view));
      assert.match(blockText(renderIncident(verifying(), view), 'state') ?? '', /^Verifying/);
      assert.doesNotMatch(`${text} ${summaryOf(verifying(), view)}`, /unblock requested|Exchange accepted/);
    }
  });

  it('shows the command of mode manual only after both people were checked again', () => {
    for (const locale of LOCALES) {
      const view = { locale, unblockMode: 'manual', cloud: 'public' } as const;
      assert.doesNotMatch(textOf(renderIncident(unblocking(), view)), /Remove-BlockedConnector/);
      const text = textOf(renderIncident(verifying(), view));
      assert.ok(text.includes(`Remove-BlockedConnector -ConnectorId ${CONNECTOR.id} -Reason '`));
      assert.ok(text.includes('https://security.microsoft.com/restrictedentities'));
    }
  });

  it('shows no command in a dry run, and the reason why nothing changed', () => {
    for (const locale of LOCALES) {
      const view = { locale, unblockMode: 'dry-run', cloud: 'public' } as const;
      assert.doesNotMatch(textOf(renderIncident(verifying(), view)), /Remove-BlockedConnector/);
      const failed = everyState().unblock_failed;
      assert.ok(failed);
      assert.match(textOf(renderIncident(failed, view)), /dry run|ドライ ラン/);
    }
  });
});

describe('a card in a dry run', () => {
  it('is that nothing is unblocked, in every state in which something can still happen', () => {
    for (const [name, incident] of Object.entries(everyState())) {
      for (const locale of LOCALES) {
        const text = textOf(renderIncident(incident, { locale, unblockMode: 'dry-run', cloud: 'public' }));
        const hasNotice = text.includes(strings(locale).cards.modes['dry-run'].notice);
        assert.equal(hasNotice, incident.endedAt === null, name);
      }
    }
  });
});

describe('a failed unblock', () => {
  const card = (incident: Incident, unblockMode: 'exchange' | 'manual' | 'dry-run', locale: (typeof LOCALES)[number]) =>
    renderIncident(incident, { locale, unblockMode, cloud: 'public' });

  it('is not called one in a dry run, in which none was attempted', () => {
    const { unblock_failed_busy: failed } = everyState();
    assert.ok(failed);
    for (const locale of LOCALES) {
      const { dryRunOver, headlines, next } = strings(locale).cards;
      const dry = card(failed, 'dry-run', locale);
      assert.equal(blockText(dry, 'state'), dryRunOver);
      assert.ok(textOf(dry).includes(next.dry_run_over));
      assert.doesNotMatch(textOf(dry), /Unblock failed|解除に失敗/);
      for (const mode of ['exchange', 'manual'] as const)
        assert.equal(blockText(card(failed, mode, locale), 'state'), headlines.unblock_failed, mode);
    }
  });

  it('sends nobody to approve again before the cause of a refusal is fixed', () => {
    const { unblock_failed: refused, unblock_failed_busy: busy } = everyState();
    assert.ok(refused && busy);
    for (const locale of LOCALES) {
      const { next, forms } = strings(locale).cards;
      assert.ok(textOf(card(refused, 'exchange', locale)).includes(next.unblock_refused));
      assert.ok(textOf(card(busy, 'exchange', locale)).includes(next.unblock_failed));
      for (const step of ['unblock_refused', 'unblock_failed', 'dry_run_over'] as const)
        assert.ok(next[step].includes(forms.byHand), 'the button named is on the card');
    }
  });

  it('is not awaited in a dry run: the card says how to let mail flow', () => {
    for (const locale of LOCALES)
      assert.match(
        textOf(card(verifying(), 'dry-run', locale)),
        /If mail must flow, unblock it in Restricted entities|必要があれば、制限付きエンティティで解除してください/,
      );
  });
});

describe('people on a card', () => {
  it('has the time of everything they did, in the reader’s zone', () => {
    const states = everyState();
    for (const name of ['awaiting_confirmation', 'rejected', 'restricted', 'verifying']) {
      const incident = states[name];
      assert.ok(incident);
      const text = textOf(renderIncident(incident, { locale: 'en-US', unblockMode: 'exchange', cloud: 'public' }));
      const { approval, remarks } = incident;
      const done = [approval?.ending?.at ?? approval?.approvedAt, ...remarks.map(({ at }) => at)];
      const times = done.filter((at) => at !== undefined).map((at) => new Date(at).toISOString().slice(0, 19));
      assert.ok(times.length > 0);
      for (const time of times) assert.ok(text.includes(`{{DATE(${time}Z, SHORT)}} {{TIME(${time}Z)}}`), name);
    }
  });

  it('uses one Japanese name for the confirm button everywhere', () => {
    const { cards, sentences } = strings('ja-JP');
    assert.ok(sentences.refusals.another_approval_waiting('x').includes(`「${cards.forms.confirm}」`));
    assert.ok(sentences.refusals.withdraw_instead.includes(`「${cards.actions.withdraw}」`));
    assert.ok(sentences.refusals.malformed_click.includes(`「${cards.actions.refresh}」`));
  });
});

describe('the answer about the past', () => {
  it('shows how an ended incident ended, not what may follow', () => {
    const { unblocked } = everyState();
    assert.ok(unblocked);
    const text = textOf(renderHistory([unblocked], null, 'en-US'));
    assert.match(text, /Unblocked after two admins agreed/);
    assert.doesNotMatch(text, /up to one hour/);
  });
});

describe('the connectors card', () => {
  const connector = { id: 'x', name: 'Relay', restricted: false, type: 'OnPremises', enabled: true, incident: null };
  const status = {
    connectors: [connector],
    readAt: null,
    incompleteReason: 'a next link came back',
    channelFailure: null,
    watch: { push: 'off', pollMs: 60_000 } as const,
    alerted: [],
  };

  it('does not say that nothing is restricted while no reading was complete', () => {
    const text = textOf(renderConnectors(status, 'en-US'));
    assert.doesNotMatch(text, /No connector is restricted|not restricted/);
    assert.match(text, /Relay/);
  });

  it('shows everything about one connector once, with its last incident when none is open', () => {
    const { awaiting_confirmation, closed } = everyState();
    assert.ok(awaiting_confirmation && closed);
    const open = { ...connector, restricted: true, incident: awaiting_confirmation };
    const lines = textOf(renderConnector(open, { ...status, readAt: T0 }, 'en-US')).split('\n');
    assert.equal(lines.filter((line) => line.includes('Restricted since')).length, 1);
    const ended = textOf(renderConnector({ ...connector, incident: closed }, { ...status, readAt: T0 }, 'en-US'));
    assert.match(ended, /your own mail server[\s\S]*Last incident[\s\S]*was deleted/);
  });

  it('reports it once one was', () => {
    const text = textOf(renderConnectors({ ...status, readAt: T0, incompleteReason: null }, 'en-US'));
    assert.match(text, /No connector is restricted/);
  });
});
