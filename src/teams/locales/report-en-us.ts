/** Messages about reports. */
export const reportEnUs = {
  action: 'Report',
  coming: (name: string, command: string) =>
    `The report on ${name} is on its way to your personal chat with this bot, where Teams asks whether you accept the file. If nothing arrives, run \`${command}\` where this service runs.`,
  noFiles: (name: string, command: string) =>
    `Teams accepts no files from bots in this cloud. The report on ${name} is written where this service runs: \`${command}\``,
  description: (name: string) =>
    `Report on the restriction of ${name}: findings, decisions, timeline and audit anchors. A page to open in a browser.`,
  uploaded: (name: string) =>
    `The report on ${name} is in your OneDrive. It names people; download it and open it in a browser.`,
  declined: (command: string) =>
    `No report was uploaded. It can also be written where this service runs: \`${command}\``,
  notAllowed:
    'No report was uploaded: only people who may approve get one, and your right to approve could not be confirmed.',
  failed: (reason: string, command: string) =>
    `The report could not be uploaded to your OneDrive (${reason}). It is written where this service runs: \`${command}\``,
  uncertain: (file: string, command: string) =>
    `The upload to your OneDrive was not confirmed, so ${file} may be there or not. The report is also written where this service runs: \`${command}\``,
  noChat: (person: string, reason: string, command: string) =>
    `${person} asked for a report, but Teams did not let this bot open a personal chat (${reason}). Ask ${person} to add the app, or run \`${command}\` where this service runs.`,
};
