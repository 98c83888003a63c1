import { type Headings, type Help, NOT_UNDERSTOOD } from '../../command/help.ts';

const USAGE = ['npm run doctor -- [--json] [--locale en-US|ja-JP] [--send-test-card] [--report FILE]'];
const EXAMPLES = ['npm run doctor', 'npm run doctor -- --json', 'npm run doctor -- --locale ja-JP'];

export const helpEnUs: Help = {
  summary:
    'Checks every setting, token, permission, role and channel as the service would use it, and changes nothing.',
  usage: USAGE,
  options: [
    ['--json', 'Print { ok, findings } instead of a table.'],
    ['--locale en-US|ja-JP', 'The language of the output; LOCALE by default.'],
    ['--send-test-card', 'Also post one card to the admin channel; it says that it is a test.'],
    [
      '--report FILE',
      "Also write the shapes of Microsoft's responses, without values, into a new file (docs/first-tenant.md).",
    ],
  ],
  examples: EXAMPLES,
  exitCodes: {
    0: 'The service can do its main work, perhaps with warnings.',
    1: 'It cannot.',
    2: NOT_UNDERSTOOD,
  },
};

export const helpJaJp: Help = {
  summary: 'サービスと同じ設定で、設定、トークン、権限、ロール、チャネルを確認します。何も変更しません。',
  usage: USAGE,
  options: [
    ['--json', '表の代わりに { ok, findings } を出力します。'],
    ['--locale en-US|ja-JP', '表示言語です。既定は LOCALE の値です。'],
    ['--send-test-card', '管理者チャネルにテスト カードを 1 枚投稿します。'],
    [
      '--report FILE',
      'Microsoft の応答の形式だけを、値を含めずに新しいファイルへ書き出します (docs/first-tenant.md)。',
    ],
  ],
  examples: EXAMPLES,
  exitCodes: {
    0: 'サービスは動作します (注意がある場合も含みます)。',
    1: 'このままではサービスは正常に動作しません。',
    2: 'コマンド ラインを解釈できませんでした。',
  },
};

export const headingsJaJp: Headings = {
  usage: '使い方',
  options: 'オプション',
  examples: '例',
  exitCodes: '終了コード',
  help: 'このヘルプを表示します。',
};
