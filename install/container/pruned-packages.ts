/** Packages that are installed as dependencies of others and that this service never loads. */
export const PRUNED_PACKAGES = [
  // Models and tokenizers of @microsoft/teams-ai, of which only the adapter and the application router are imported.
  'openai',
  'gpt-tokenizer',
  // @azure/identity for browsers.
  '@azure/msal-browser',
] as const;

/**
 * Packages that others load as they start and whose exports this service never uses: a stub stands in for each. For
 * botbuilder-dialogs, which @microsoft/teams-ai loads for signing people in, that saves its recognizers of dates and numbers.
 */
export const STUBBED_PACKAGES = ['botbuilder-dialogs'] as const;

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
