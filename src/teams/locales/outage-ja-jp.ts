import type { Source } from '../../incident/model/outage.ts';
import type { MicrosoftService } from '../../shared/errors.ts';
import type { outageEnUs } from './outage-en-us.ts';

const services: { readonly [service in MicrosoftService]: string } = {
  exchange: 'Exchange',
  graph: 'Microsoft Graph',
  teams: 'Teams',
  entra: 'Entra',
  activity_feed: '監査フィード',
};

const unseen: { readonly [source in Source]: string } = {
  exchange: '回復するまで新しい制限を検知できません。表示中のカードは最新でない可能性があります。',
  graph: '回復するまで Defender のアラートを確認できず、承認を受け付けられないことがあります。',
};

export const outageJaJp: typeof outageEnUs = {
  unreachable: (service, since) => `${services[service]} は ${since} から応答していません。`,
  away: (source, since) => `${services[source]} が ${since} から応答していません。${unseen[source]}`,
  notWhole: (source, since) =>
    `${services[source]} から ${since} 以降、完全な応答を得られていません。${unseen[source]}理由は「コネクタの状態」で確認できます。`,
  back: (source, at, duration) =>
    `${services[source]} は ${at} に回復しました (停止時間: ${duration})。その間の出来事はすべて反映済みです。`,
};
