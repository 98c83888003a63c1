// Run once where the service will run, as the user it will run as and with its NODE_COMPILE_CACHE: fills that cache.
await import('../../src/service.ts');
