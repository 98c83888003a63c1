/** Packages that are installed as dependencies of others and that this service never loads. */
export const PRUNED_PACKAGES = [
  // Models and tokenizers of @microsoft/teams-ai, of which only the adapter and the application router are imported.
  'openai',
  'gpt-tokenizer',
  // @azure/identity for browsers.
  '@azure/msal-browser',
  // The package of the Teams app, which is built outside the image.
  'fflate',
] as const;

/**
 * Packages that others load as they start and whose exports this service never uses: a stub stands in for each. `a/node_modules/b`
 * is the copy of `b` that `a` alone loads.
 */
export const STUBBED_PACKAGES = [
  // @microsoft/teams-ai: signing people in, prompts, and coloured output.
  'botbuilder-dialogs',
  'json-colorizer',
  'yaml',
  '@microsoft/teams-ai/node_modules/@azure/msal-node',
  // botbuilder: streams in place of HTTP, skills, transcripts, speech, addresses without Node's URL; tokens of its own, in place
  // of which it is given ours.
  'axios',
  'botbuilder/node_modules/@azure/msal-node',
  'botframework-connector/node_modules/@azure/msal-node',
  'botframework-streaming',
  'fs-extra',
  'htmlparser2',
  'whatwg-url',
  // restify: plugins.
  'csv',
  'formidable',
  'http-signature',
  'pidusage',
  'send',
  // adaptive-expressions: functions that no template of ours calls.
  '@microsoft/recognizers-text-data-types-timex-expression',
  'fast-xml-parser',
  'jspath',
  // mailauth: Japanese character sets of messages, which nobody gives it.
  'encoding-japanese',
] as const;

/** What only the stubbed packages load. */
export const PRUNED_WITH_THEM = [
  '@microsoft/recognizers-text',
  '@microsoft/recognizers-text-choice',
  '@microsoft/recognizers-text-date-time',
  '@microsoft/recognizers-text-number',
  '@microsoft/recognizers-text-number-with-unit',
  '@microsoft/recognizers-text-sequence',
  '@microsoft/recognizers-text-suite',
] as const;
