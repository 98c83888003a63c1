// Run once where the service will run, as the user it will run as and with its NODE_COMPILE_CACHE: fills that cache, also
// with the libraries that the service loads when it first uses them.
await import('../../src/service.ts');
await import('adaptivecards-templating');
await import('mailauth/lib/spf/index.js');
await import('mailauth/lib/dmarc/index.js');
