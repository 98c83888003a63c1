import type { ServerExposureStatements } from '../../../incident/model/statements/server-exposure.ts';
import type { StatementSentences } from './finding-texts.ts';

export const serverExposureJaJp: StatementSentences<keyof ServerExposureStatements> = {
  no_server_known: () => '未調査: 送信元サーバーのアドレスが分かりません。',
  generic_name: ({ address, name }) =>
    `${address} の逆引き名は ${name} です。家庭用回線やクラウドに付く汎用的な名前です。`,
  nameless_server: ({ addresses }) => `逆引き名がありません: ${addresses.join('、')}`,
  certificate_elsewhere: ({ certificate, addresses }) =>
    `${certificate} は DNS では別のサーバー (${addresses.join('、')}) で、コネクタに登録されたアドレスではありません。`,
  on_block_list: ({ address, list }) => `${address} はブロック リスト ${list} に登録されています。`,
  block_list_refused: ({ list }) =>
    `未調査: ブロック リスト ${list} は、この DNS リゾルバーからの照会に応答しません。応答を得られるリゾルバーを DNS_SERVERS に設定してください。`,
  server_named: ({ names }) => `送信元サーバーには固有の名前があります: ${names.join('、')}`,
};
