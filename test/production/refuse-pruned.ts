import { registerHooks } from 'node:module';
import { PRUNED_PACKAGES, PRUNED_WITH_THEM, STUBBED_PACKAGES } from '../../install/container/pruned-packages.ts';

const STUB = new URL('../../install/container/never-used.cjs', import.meta.url).href;

// Preloaded into the service, so that it runs as in the pruned tree: what is not there cannot be resolved.
registerHooks({
  resolve(specifier, context, next) {
    const isOf = (path: string) => {
      const [name = path, parent] = path.split('/node_modules/').toReversed();
      const isWanted = specifier === name || specifier.startsWith(`${name}/`);
      return isWanted && (parent === undefined || context.parentURL?.includes(`/node_modules/${parent}/`) === true);
    };
    if (STUBBED_PACKAGES.some(isOf)) return { url: STUB, format: 'commonjs', shortCircuit: true };
    const pruned = [...PRUNED_PACKAGES, ...PRUNED_WITH_THEM].find(isOf);
    if (pruned !== undefined) throw new Error(`${pruned} is not in the production tree`);
    return next(specifier, context);
  },
});
