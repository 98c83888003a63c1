import type { Incident } from '../../../src/incident/model/incident.ts';
import { renderIncident } from '../../../src/teams/cards/incident-card.ts';
import { restricted } from '../../unit/incident/history.ts';
import { everyState } from '../../unit/teams/card-states.ts';
import { SPACIOUS, worstIncident } from '../../unit/teams/worst-incident.ts';
import { median, repeated, type Sample, timed } from '../measure.ts';
import type { Measurement } from '../measurement.ts';
import { MAX_CARD_BYTES } from '../table.ts';

const WARM_UP = 20;

/** Measures how long the largest card takes to draw, and its size, with the longest texts everywhere. */
export const worstCard: Measurement = async ({ rounds }) => {
  const worst = Object.values(everyState()).flatMap((state) =>
    Object.values(SPACIOUS).map((unit) => worstIncident(state, unit, unit.repeat(3_000))),
  );
  const bytes = worst.map((incident) => Buffer.byteLength(JSON.stringify(draw(incident))));
  const largest = worst[bytes.indexOf(Math.max(...bytes))] ?? restricted();
  const ordinary = { name: 'an ordinary card', value: median(await drawing(restricted(), rounds + WARM_UP)) };
  const sample = (await drawing(largest, rounds + WARM_UP)).slice(WARM_UP);
  return [
    { name: 'drawing the largest card', unit: 'ms', sample, baseline: ordinary },
    { name: 'the largest card', unit: 'bytes', sample: [Math.max(...bytes)], baseline: MAX_CARD_BYTES },
  ];
};

function drawing(incident: Incident, rounds: number): Promise<Sample> {
  return repeated(rounds, () => timed(() => draw(incident)));
}

function draw(incident: Incident) {
  return renderIncident(incident, {
    locale: 'ja-JP',
    unblockMode: 'exchange',
    cloud: 'public',
    breakGlass: { waitMs: 900_000 },
  });
}
