import { z } from 'zod';

const text = (longest: number) => z.string().min(1).max(longest);
const command = z.object({ title: text(32), description: text(128) });

/** What Teams refuses an app for, as far as this manifest can get it wrong (Teams app manifest schema 1.25). */
export const manifestSchema = z.looseObject({
  manifestVersion: z.literal('1.25'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  id: z.guid(),
  developer: z.looseObject({
    name: text(32),
    websiteUrl: z.url({ protocol: /^https$/ }),
    privacyUrl: z.url({ protocol: /^https$/ }),
    termsOfUseUrl: z.url({ protocol: /^https$/ }),
  }),
  name: z.object({ short: text(30), full: text(100) }),
  description: z.object({ short: text(80), full: text(4_000) }),
  bots: z
    .array(
      z.looseObject({
        botId: z.guid(),
        commandLists: z.array(z.looseObject({ commands: z.array(command).min(1).max(10) })).max(3),
      }),
    )
    .length(1),
});

type Manifest = z.infer<typeof manifestSchema>;

/** Throws unless a translation has exactly what the manifest has, each no longer than Teams takes. */
export function checkedTranslation(translation: unknown, { bots }: Manifest): void {
  const commands = bots.flatMap(({ commandLists }, bot) =>
    commandLists.flatMap((list, at) => list.commands.map((_, index) => commandKey(bot, at, index))),
  );
  z.strictObject({
    $schema: z.url(),
    'name.short': text(30),
    'name.full': text(100),
    'description.short': text(80),
    'description.full': text(4_000),
    ...Object.fromEntries(commands.map((key) => [`${key}.title`, text(32)])),
    ...Object.fromEntries(commands.map((key) => [`${key}.description`, text(128)])),
  }).parse(translation);
}

function commandKey(bot: number, list: number, index: number): string {
  return `bots[${bot}].commandLists[${list}].commands[${index}]`;
}
