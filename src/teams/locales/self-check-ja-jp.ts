import type { selfCheckEnUs } from './self-check-en-us.ts';

export const selfCheckJaJp: typeof selfCheckEnUs = {
  bad: (name, says) => `自己点検: 「${name}」に問題があります。${says}`,
  todo: (todo) => `→ ${todo}`,
  fixed: (name) => `自己点検: 「${name}」は正常に戻りました。`,
  heartbeat: (checkedAt) => `Connector Guard は監視を続けています。最後の自己点検: ${checkedAt}。`,
  status: (checkedAt, failed, warnings) => {
    const result =
      failed + warnings === 0
        ? 'すべて正常です'
        : [failed > 0 ? `異常 ${failed} 件` : '', warnings > 0 ? `注意 ${warnings} 件` : '']
            .filter((part) => part !== '')
            .join('、');
    return `最後の自己点検: ${checkedAt}、${result}。`;
  },
  never: '自己点検はまだ実行されていません。',
};
