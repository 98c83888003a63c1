import { type Config, readConfig } from '../../../src/config/config.ts';

/** The settings without a default. */
export const REQUIRED = {
  CLIENT_ID: '0c9f7b30-52d4-0e11-7a3b-5f2d9e8c1a01',
  TENANT_ID: '3f1e0a52-77aa-0b11-2c3d-9d8e7f6a5b4c',
  APPROVER_GROUP_ID: '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c01',
};

/** Returns the settings read from these variables. Throws when there is a problem. */
export function config(changes: NodeJS.ProcessEnv = {}): Config {
  const read = readConfig({ ...REQUIRED, ...changes });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.config;
}

export function problems(changes: NodeJS.ProcessEnv): readonly string[] {
  const read = readConfig({ ...REQUIRED, ...changes });
  return read.ok ? [] : read.problems;
}
