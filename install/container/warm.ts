import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Run once where the service will run, as the user it will run as: fills the compile cache that src/main.ts reads.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)));
await import('../../src/service.ts');
