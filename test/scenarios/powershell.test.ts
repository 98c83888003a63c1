import assert from 'node:assert/strict';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import { type InstalledPwsh, installPwsh } from '../tenant/pwsh/install-pwsh.ts';
import type { State } from '../tenant/pwsh/state.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Sendai';

describe('mode powershell', () => {
  let world: World;
  let pwsh: InstalledPwsh;

  async function begin(state: Partial<State> = {}) {
    world = await startWorld({ VERIFY_WITHIN_SECONDS: '20' }, {}, (tenant) => tenant.exchange.addConnector(NAME));
    pwsh = await installPwsh(world.tenant);
    pwsh.set(state);
    await world.restart(pwsh.env);
  }
  afterEach(async () => {
    await world.stop();
    await pwsh.remove();
  });

  async function agree() {
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    await press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs: attested(card, "It's ok") });
    const waiting = await cardShows(world.tenant, NAME, 'Waiting');
    await press(world.tenant, world.tenant.people.aoi, waiting, { verb: 'confirm' });
  }
  const removals = async () => pwsh.runs.filter(({ document }) => document.cmdlet === 'Remove-BlockedConnector').length;

  it('reads the restriction, lifts it with one call and verifies it, all through PowerShell', async () => {
    await begin();
    world.tenant.exchange.restrict(NAME);
    await agree();
    await cardShows(world.tenant, NAME, 'Unblocked');
    assert.equal(await removals(), 1);
    assert.match(world.tenant.exchange.removals[0]?.reason ?? '', /Erik Sundqvist.*佐藤 葵.*It's ok/);
  });

  it('verifies by reading when the process was killed after Exchange acted, and does not call twice', async () => {
    await begin();
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, NAME, 'Restricted');
    world.tenant.faults.add({ service: 'exchange', match: 'Remove-BlockedConnector', kind: 'act-then-reset' });
    await agree();
    await cardShows(world.tenant, NAME, 'Unblocked');
    assert.equal(await removals(), 1);
  });

  it('starts without the module, still posts alerts, and shows what to do', async () => {
    await begin({ module: null });
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, 'Suspicious connector activity', 'Alert');
    const isLogged = () =>
      world.log.some(({ kind, msg }) => kind === 'module_missing' && String(msg).includes('Install-Module'));
    await until(isLogged, { what: 'the log says what to install' });
    const ready = await fetch(`${world.url}/healthz/watching`);
    assert.match(await ready.text(), /complete.*: .*Install-Module ExchangeOnlineManagement/);
    const { people, teams } = world.tenant;
    await teams.say({ person: people.erik, text: 'status connectors', where: 'channel', mention: true });
    const isShown = () => teams.latestCard('Install-Module') !== undefined;
    await until(isShown, { what: 'the status card says what to install' });
  });

  it('recovers by itself once the module is there', async () => {
    await begin({ module: null });
    world.tenant.exchange.restrict(NAME);
    await until(() => world.log.some(({ kind }) => kind === 'module_missing'));
    pwsh.set({ module: '3.9.0' });
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(textOf(card.card), /Relay Sendai/);
  });
});
