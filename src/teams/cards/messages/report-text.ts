import type { Incident } from '../../../incident/model/incident.ts';
import type { ReportMessage } from '../../../incident/model/report-delivery.ts';
import { type Locale, strings } from '../../locales/locale.ts';
import { clip, MAX_NAME, oneLine } from '../card-text.ts';
import { escapeMarkup } from './mention.ts';

/** Returns the message about a report for the person who requested it. */
export function reportText(message: ReportMessage, locale: Locale): string {
  const { report } = strings(locale);
  switch (message.kind) {
    case 'uploaded':
      return report.uploaded(named(message.connector));
    case 'declined':
      return report.declined(reportCommand(message.incidentId));
    case 'not_allowed':
      return report.notAllowed;
    case 'upload_failed':
      return report.failed(escapeMarkup(message.reason), reportCommand(message.incidentId));
    case 'upload_uncertain':
      return report.uncertain(escapeMarkup(message.file), reportCommand(message.incidentId));
    case 'no_chat': {
      const reason = escapeMarkup(message.reason);
      return report.noChat(named(message.person), reason, reportCommand(message.incidentId));
    }
  }
}

/** Returns the answer that the report comes as a file, or the command to run where Teams accepts no files from bots. */
export function reportComingText(incident: Incident, takesFiles: boolean, locale: Locale): string {
  const { report } = strings(locale);
  const [name, command] = [named(connectorOf(incident, locale)), reportCommand(incident.id)];
  return takesFiles ? report.coming(name, command) : report.noFiles(name, command);
}

/** Returns the description beside the file offer, as plain text. */
export function reportDescription(incident: Incident, locale: Locale): string {
  return strings(locale).report.description(clip(oneLine(connectorOf(incident, locale)), MAX_NAME));
}

export function connectorOf({ connector }: Incident, locale: Locale): string {
  return connector?.name ?? connector?.id ?? strings(locale).cards.unknownConnector;
}

function named(name: string): string {
  return escapeMarkup(clip(oneLine(name), MAX_NAME));
}

function reportCommand(incidentId: string): string {
  return `npm run report -- ${incidentId}`;
}
