import { connectorHistoryJaJp } from './findings/connector-history-ja-jp.ts';
import type { FindingTexts } from './findings/finding-texts.ts';
import { generalJaJp } from './findings/general-ja-jp.ts';
import { inShortJaJp } from './findings/in-short-ja-jp.ts';
import { senderAuthenticationJaJp } from './findings/sender-authentication-ja-jp.ts';
import { sendersJaJp } from './findings/senders-ja-jp.ts';
import { sendingAddressesJaJp } from './findings/sending-addresses-ja-jp.ts';
import { serverExposureJaJp } from './findings/server-exposure-ja-jp.ts';
import { trafficJaJp } from './findings/traffic-ja-jp.ts';
import { whoMaySendJaJp } from './findings/who-may-send-ja-jp.ts';

export const findingsJaJp: FindingTexts = {
  title: 'ボットによる調査結果',
  checks: {
    traffic: 'メール量',
    senders: '送信者',
    sending_addresses: '送信元アドレス',
    configuration_change: '設定変更',
    who_may_send: '送信できるサーバー',
    sender_authentication: 'SPF・DKIM・DMARC',
    server_exposure: '送信元サーバー',
    accounts: 'アカウント',
    earlier_restrictions: '過去の制限',
  },
  verdicts: { good: '問題なし', concern: '要確認', bad: '危険', unknown: '不明' },
  statements: {
    ...generalJaJp,
    ...trafficJaJp,
    ...sendersJaJp,
    ...sendingAddressesJaJp,
    ...whoMaySendJaJp,
    ...senderAuthenticationJaJp,
    ...connectorHistoryJaJp,
    ...serverExposureJaJp,
  },
  inShort: inShortJaJp,
  acknowledge: (check) => `「${check}」の危険を認識したうえで承認します。`,
  asApproved: '一次承認時',
};
