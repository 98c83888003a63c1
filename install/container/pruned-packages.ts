/** Packages that are installed as dependencies of others and that this service never loads. */
export const PRUNED_PACKAGES = [
  // Models and tokenizers of @microsoft/teams-ai, of which only the adapter and the application router are imported.
  'openai',
  'gpt-tokenizer',
  // @azure/identity for browsers.
  '@azure/msal-browser',
] as const;
