import { registerHooks } from 'node:module';
import { PRUNED_PACKAGES } from '../../install/container/pruned-packages.ts';

// Preloaded into the service, so that it runs as in the pruned tree: what is not there cannot be resolved.
registerHooks({
  resolve(specifier, context, next) {
    const pruned = PRUNED_PACKAGES.find((name) => specifier === name || specifier.startsWith(`${name}/`));
    if (pruned !== undefined) throw new Error(`${pruned} is not in the production tree`);
    return next(specifier, context);
  },
});
