import { createRequire, registerHooks } from 'node:module';
import type { Application, ApplicationOptions } from '@microsoft/teams-ai/lib/Application.js';
import type { TurnState } from '@microsoft/teams-ai/lib/TurnState.js';

/** teams-ai derives a class from this one when it is loaded. */
const NEVER_USED = 'exports.Dialog = class {};';

/**
 * Creates the router of teams-ai. It loads botbuilder-dialogs as well, for prompts that sign people in, which this bot never
 * does. With its recognizers of speech that is a third of all code the service would load, so an empty module stands in for it.
 */
export function createApplication(options: Partial<ApplicationOptions<TurnState>>): Application {
  const hooks = registerHooks({
    load(url, context, next) {
      if (!url.includes('/node_modules/botbuilder-dialogs/')) return next(url, context);
      return { format: 'commonjs', source: NEVER_USED, shortCircuit: true };
    },
  });
  const library: LibraryOfApplication = createRequire(import.meta.url)('@microsoft/teams-ai/lib/Application.js');
  hooks.deregister();
  return new library.Application(options);
}

type LibraryOfApplication = typeof import('@microsoft/teams-ai/lib/Application.js');
