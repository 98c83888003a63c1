import { createRequire, registerHooks } from 'node:module';
import type { Application, ApplicationOptions } from '@microsoft/teams-ai/lib/Application.js';
import type { TurnState } from '@microsoft/teams-ai/lib/TurnState.js';

/** teams-ai derives a class from this one when it is loaded. */
const NEVER_USED = 'exports.Dialog = class {};';

/**
 * Loads teams-ai's router with an empty `botbuilder-dialogs`, which only its sign-in prompts use. That package is a third of the
 * code that the service would load.
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
