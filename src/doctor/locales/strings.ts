import type { Config } from '../../config/config.ts';
import { doctorEnUs } from './doctor-en-us.ts';
import { doctorJaJp } from './doctor-ja-jp.ts';

/** Every text of the doctor. The English file is the type, so a missing translation does not compile. */
export type Strings = typeof doctorEnUs;

const all: Readonly<Record<Config['locale'], Strings>> = { 'en-US': doctorEnUs, 'ja-JP': doctorJaJp };

export function strings(locale: Config['locale']): Strings {
  return all[locale];
}
