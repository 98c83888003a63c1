import { saveObservation } from '../../../../src/storage/observations.ts';
import type { WellTenant } from '../well-tenant.ts';
import type { Breakage } from './breakage.ts';

const ELSEWHERE = '00000000-0000-0000-0000-00000000dead';
const EMERGENCY = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c04';
const PUSH = { NOTIFICATION_SECRET: 'a-secret-between-us-of-enough-length' };
const SEEN = {
  blocked: { items: [], complete: true, reason: null },
  inbound: { items: [], complete: true, reason: null },
};

const minutesFromNow = (well: WellTenant, minutes: number) =>
  well.inDatabase((db) => saveObservation(db, { ...SEEN, beganAt: Date.now() + minutes * 60_000, alerts: [] }));

export const PEOPLE_AND_PLACES: readonly Breakage[] = [
  {
    broken: 'an approver group that does not exist',
    id: 'approvers',
    status: 'failed',
    says: /no such group/,
    todo: /APPROVER_GROUP_ID/,
    settings: { APPROVER_GROUP_ID: ELSEWHERE },
  },
  {
    broken: 'one approver only, beside one who is disabled',
    id: 'approvers',
    status: 'failed',
    says: /approver group: 1\./,
    todo: /Add people.*guests and disabled/,
    breaks({ tenant: { directory, people } }) {
      for (const person of [people.erik, people.markup, people.absent])
        directory.removeMember(directory.approverGroupId, person);
      directory.removeMember(directory.nestedGroupId, people.nested);
    },
  },
  {
    broken: 'an emergency group in which a guest is left',
    id: 'break_glass_group',
    status: 'warning',
    says: /Nobody in the group is eligible/,
    todo: /BREAK_GLASS_GROUP_ID/,
    settings: { BREAK_GLASS_GROUP_ID: EMERGENCY },
    breaks: ({ tenant: { directory, people } }) => directory.removeMember(directory.emergencyGroupId, people.outsider),
  },
  {
    broken: 'an escalation group that does not exist',
    id: 'escalation_group',
    status: 'warning',
    says: /no such group/,
    todo: /ESCALATION_GROUP_ID/,
    settings: { ESCALATION_GROUP_ID: ELSEWHERE },
  },
  {
    broken: "no way to the Bot Framework's keys",
    id: 'bot_keys',
    status: 'failed',
    says: /no click can be authenticated.*503/,
    todo: /BOT_OPENID_METADATA_URL/,
    breaks: ({ tenant }) => tenant.faults.add({ service: 'openid', kind: 'unavailable', times: 'until-cleared' }),
  },
  {
    broken: 'a bot that is not in the team',
    id: 'channel',
    status: 'failed',
    says: /cannot see the admin channel/,
    todo: /Add the Teams app to the team/,
    breaks: ({ tenant }) => tenant.teams.removeBot(),
  },
  {
    broken: 'no channel at all',
    id: 'channel',
    status: 'failed',
    says: /No channel is configured or chosen/,
    todo: /watch here/,
    settings: { ADMIN_CHANNEL_ID: undefined, ADMIN_TEAM_ID: undefined },
  },
  {
    broken: 'an approver who is not in the team',
    id: 'approvers_in_channel',
    status: 'warning',
    says: /1 \(Abel Absent\)/,
    todo: /Add them to the team/,
    breaks: ({ tenant }) => tenant.teams.team.removeFromRoster(tenant.people.absent),
  },
  {
    broken: 'one approver alone in the team',
    id: 'approvers_in_channel',
    status: 'failed',
    says: /Only 1 of the approvers.*no two can agree/,
    todo: /Add the approvers/,
    breaks({ tenant: { teams, people } }) {
      for (const person of [people.erik, people.markup, people.absent, people.nested])
        teams.team.removeFromRoster(person);
    },
  },
  {
    broken: 'no consent to read the channel',
    id: 'channel_messages',
    status: 'warning',
    says: /second one may appear/,
    todo: /ChannelMessage\.Read\.Group/,
    breaks: ({ tenant }) => Object.assign(tenant.graph.channelReading, { allowed: false }),
  },
  {
    broken: 'a public address where nobody answers',
    id: 'public_url',
    status: 'warning',
    says: /does not pass Graph's handshake/,
    todo: /api\/notifications/,
    settings: { ...PUSH, PUBLIC_URL: 'http://127.0.0.1:9' },
  },
  {
    broken: 'no subscription, and no refusal',
    id: 'subscription',
    status: 'warning',
    says: /no subscription of this service/,
    todo: /Start the service/,
    settings: { ...PUSH, PUBLIC_URL: 'handshake' },
    breaks: (well) => well.inDatabase((db) => db.deleteFrom('push').execute()),
  },
  {
    broken: 'a clock that is a little wrong',
    id: 'clock',
    status: 'warning',
    says: /9[01] seconds/,
    todo: /NTP/,
    ahead: 90_000,
  },
  {
    broken: 'a clock that is so wrong that tokens fail',
    id: 'clock',
    status: 'failed',
    says: /40[01] seconds/,
    todo: /NTP/,
    ahead: 400_000,
    breaks: (well) => minutesFromNow(well, 400 / 60),
  },
];
