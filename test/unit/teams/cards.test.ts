import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { STATES } from '../../../src/incident/model/incident.ts';
import { RECOMMENDATIONS } from '../../../src/incident/model/recommendations.ts';
import { renderIncident } from '../../../src/teams/cards/incident-card.ts';
import { renderConnectors } from '../../../src/teams/cards/status-card.ts';
import { parseClick } from '../../../src/teams/turns/actions.ts';
import { actionOf, actionsOf, blockText, textOf, untouchedInputs } from '../../tenant/card-reading.ts';
import { awaiting, CONNECTOR, restricted, T0 } from '../incident/history.ts';
import { everyState, NASTY } from './card-states.ts';

const HEADLINES: Readonly<Record<string, string>> = {
  alerted: 'Alert',
  restricted: 'Restricted',
  awaiting_confirmation: 'Waiting',
  unblocking: 'Unblocking',
  verifying: 'Verifying',
  break_glass_waiting: 'Waiting',
  break_glass_unblocking: 'Unblocking',
  break_glass_verifying: 'Verifying',
  unblock_failed: 'Unblock failed',
  unblocked: 'Unblocked',
  closed: 'Closed',
};

const render = (incident: Incident, locale: 'en-US' | 'ja-JP' = 'en-US') =>
  renderIncident(incident, { locale, unblockMode: 'exchange', cloud: 'public' });
const state = (name: string): Incident => {
  const incident = everyState()[name];
  assert.ok(incident, name);
  return incident;
};

const topActionSchema = z.looseObject({ type: z.string(), mode: z.string().optional(), card: z.unknown().optional() });
/** The buttons side by side; what is behind one of them is in a row of its own. */
const topActions = (card: object) => z.array(topActionSchema).parse('actions' in card ? card.actions : []);
const formOf = (card: object, verb: string) => {
  const form = topActions(card).find(
    (action) => action.card !== undefined && actionOf({ ...action }, verb) !== undefined,
  );
  assert.ok(form, verb);
  return form;
};

describe('the incident card', () => {
  it('begins its headline with the word of its state', () => {
    for (const name of STATES) {
      assert.ok(blockText(render(state(name)), 'state')?.startsWith(HEADLINES[name] ?? '?'), name);
    }
  });

  it('never shows Unblocked before Exchange no longer lists the connector', () => {
    for (const name of STATES.filter((it) => it !== 'unblocked')) {
      assert.doesNotMatch(blockText(render(state(name)), 'state') ?? '', /^Unblocked/, name);
    }
  });

  it('carries every action of its state, at most six in a row with what is behind the menu, and four without', () => {
    const verbs = (name: string) => [...new Set(actionsOf(render(state(name))).map(({ verb }) => verb))];
    assert.deepEqual(verbs('restricted'), ['unlink', 'report', 'approve', 'acknowledge', 'keep', 'refresh']);
    assert.deepEqual(verbs('unblock_failed'), ['report', 'approve', 'acknowledge', 'keep', 'refresh']);
    assert.deepEqual(verbs('awaiting_confirmation'), [
      ...['unlink', 'report', 'confirm', 'reject', 'ask', 'withdraw', 'acknowledge', 'refresh'],
    ]);
    assert.deepEqual(verbs('alerted'), ['report', 'acknowledge', 'refresh']);
    assert.deepEqual(verbs('break_glass_waiting'), ['unlink', 'report', 'stop', 'acknowledge', 'refresh']);
    assert.deepEqual(verbs('break_glass_unblocking'), ['report', 'stop', 'acknowledge', 'refresh']);
    assert.deepEqual(verbs('break_glass_verifying'), ['report', 'acknowledge', 'refresh']);
    assert.deepEqual(verbs('review_due'), ['review', 'report']);
    assert.deepEqual(verbs('reviewed'), ['report']);
    assert.deepEqual(verbs('unblocked'), ['report']);
    for (const name of Object.keys(everyState())) {
      for (const breakGlass of [null, { waitMs: 900_000 }]) {
        const card = renderIncident(state(name), {
          locale: 'en-US',
          unblockMode: 'exchange',
          cloud: 'public',
          breakGlass,
        });
        const row = topActions(card);
        assert.ok(row.length <= 6, name);
        assert.ok(row.filter(({ mode }) => mode !== 'secondary').length <= 4, name);
      }
    }
  });

  it('contains the incident, revision and approval that were shown, and nothing about who may act', () => {
    for (const name of Object.keys(everyState())) {
      for (const { data } of actionsOf(render(state(name)))) {
        assert.ok(
          Object.keys(data ?? {}).every((key) =>
            ['incidentId', 'shown', 'approvalId', 'alertId', 'breakGlassId', 'reason', 'language', 'verb'].includes(
              key,
            ),
          ),
          name,
        );
      }
    }
  });

  it('is read back by the parser of clicks, action for action', () => {
    for (const name of Object.keys(everyState())) {
      for (const { verb, data } of actionsOf(render(state(name)))) {
        const click = parseClick({ action: { type: 'Action.Execute', verb, data } });
        assert.equal(click?.verb, verb);
        assert.equal(click?.incidentId, 'incident-1');
      }
    }
  });

  it('has a required checkbox for every recommendation and a required reason', () => {
    const toggles = untouchedInputs(render(restricted()));
    assert.deepEqual(Object.keys(toggles).sort(), [...RECOMMENDATIONS].sort());
    assert.equal(JSON.stringify(render(restricted())).match(/"isRequired":true/g)?.length, RECOMMENDATIONS.length + 1);
  });

  it('has nothing of break-glass on it where that is off', () => {
    for (const name of ['restricted', 'unblock_failed', 'awaiting_confirmation', 'alerted']) {
      assert.doesNotMatch(JSON.stringify(render(state(name))), /break.?glass/i, name);
      assert.doesNotMatch(JSON.stringify(render(state(name), 'ja-JP')), /break.?glass|緊急解除/i, name);
    }
  });

  it('offers break-glass where two admins could approve, with a reason of its own, holding up no other button', () => {
    for (const locale of ['en-US', 'ja-JP'] as const) {
      const view = { locale, unblockMode: 'exchange', cloud: 'public', breakGlass: { waitMs: 900_000 } } as const;
      for (const name of ['restricted', 'unblock_failed']) {
        const card = renderIncident(state(name), view);
        const offered = actionsOf(card).filter(({ verb }) => verb === 'break_glass');
        assert.equal(offered.length, 1, name);
        assert.match(textOf(card), /15 minutes|15 分/);
        const { card: form } = formOf(card, 'break_glass');
        const required = JSON.stringify(form).match(/"isRequired":true/g) ?? [];
        assert.equal(required.length, 1, 'only the reason of break-glass itself');
        assert.equal(JSON.stringify(card).match(/"isRequired":true/g)?.length, RECOMMENDATIONS.length + 2);
      }
      for (const name of ['awaiting_confirmation', 'unblocking', 'unblocked', 'break_glass_waiting'])
        assert.ok(
          actionsOf(renderIncident(state(name), view)).every(({ verb }) => verb !== 'break_glass'),
          name,
        );
    }
  });

  it('shows who used break-glass, why and until when, and never that two admins agreed', () => {
    for (const name of ['break_glass_waiting', 'break_glass_unblocking', 'break_glass_verifying', 'review_due']) {
      const text = textOf(render(state(name)));
      assert.match(text, /BREAK GLASS by 佐藤 葵/, name);
      assert.match(text, /Payslips go out tonight/, name);
      assert.doesNotMatch(text, /two admins agreed|Confirmed by/, name);
    }
    assert.match(textOf(render(state('review_due'))), /Review due/);
    assert.match(textOf(render(state('reviewed'))), /reviewed by Ben Okafor/);
    assert.match(textOf(render(state('break_glass_stopped'))), /Ben Okafor stopped/);
  });

  it('shows a name full of markup only where nothing is marked up', () => {
    const card = render(state('nasty'));
    const marked: string[] = [];
    JSON.stringify(card, (_key, value) => {
      if (value?.type === 'TextBlock' && String(value.text).includes('evil')) marked.push(value.text);
      return value;
    });
    assert.deepEqual(marked, []);
    assert.ok(textOf(card).replaceAll('\u200b', '').includes(NASTY.slice(0, 50)));
  });

  it('fits long names of many connectors into 28 KB, restricted ones first, and counts the others', () => {
    const long = '界'.repeat(100);
    const incident = { ...awaiting(), connector: { ...CONNECTOR, name: long } };
    const connectors = Array.from({ length: 90 }, (_, index) => {
      return {
        id: `${index}`,
        name: `${long}${index}`,
        restricted: index < 8,
        type: 'OnPremises',
        enabled: false,
        incident: index < 8 ? incident : null,
      };
    });
    const status = {
      connectors,
      readAt: T0,
      incompleteReason: long,
      channelFailure: long,
      watch: { push: 'refused', pollMs: 60_000 } as const,
      alerted: [],
    };
    for (const locale of ['en-US', 'ja-JP'] as const) {
      const card = renderConnectors(status, locale);
      assert.ok(Buffer.byteLength(JSON.stringify(card)) <= 28 * 1024, `${Buffer.byteLength(JSON.stringify(card))}`);
      assert.match(textOf(card), /82 connectors are not restricted|制限なし 82 個/);
    }
  });

  it('stays below 28 KB whatever it is given', () => {
    const long = '界'.repeat(5_000);
    const many = Array.from({ length: 300 }, (_, index) => `${long.slice(0, 200)}${index}`);
    const by = { tenantId: 't', objectId: 'o', name: long };
    const configuration = { SenderIPAddresses: many, SenderDomains: many, TlsSenderCertificateName: long };
    const worst: Incident = {
      ...state('voided'),
      connector: { ...CONNECTOR, name: long, restrictionReason: long, configuration },
      alerts: many.map((id) => ({
        id,
        title: long,
        status: long,
        severity: long,
        webUrl: 'https://x.example/',
        createdAt: T0,
        link: 'nearness',
      })),
      remarks: many.map(() => ({ kind: 'keep_restricted', by, at: T0, reason: long })),
    };
    for (const locale of ['en-US', 'ja-JP'] as const) {
      const size = Buffer.byteLength(JSON.stringify(render(worst, locale)));
      assert.ok(size <= 28 * 1024, `${size} bytes`);
    }
  });
});
