import type { Approval } from '../../incident/model/approval.ts';
import type { Verdict } from '../../incident/model/finding.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { type Locale, type Strings, strings } from '../locales/locale.ts';
import type { AdaptiveCard } from './card.ts';
import { drawnToFit } from './card-fit.ts';
import { ICONS, type Line, plainLine, shortenedLines, textLine, timeLine, warningLine } from './card-lines.ts';
import { cardTime, MAX_TEXT, shortName } from './card-text.ts';
import { answerCard, type Fold, type Item, type Say } from './chat-card.ts';
import { age, openIncident, stateLine } from './connectors-card.ts';
import { signalsSection } from './signals-section.ts';
import type { CardLinks, ConnectorStatus, ConnectorsStatus, ListFilter, Listing } from './view-models.ts';

/** The number shown in full, each with a button; the others are in the list of restricted connectors. */
const MAX_RESTRICTED = 8;
const PAGE = 20;
/** Up to this number, connectors are not folded. */
const FEW = 10;

const WORST_FIRST: readonly (Verdict | null)[] = ['bad', 'concern', 'unknown', null, 'good'];
/** The filters offered as buttons, where there are any. */
const OFFERED: readonly ListFilter[] = ['restricted', 'bad', 'concern'];

const FIRST: Listing = { filter: null, page: 1 };

type Content = {
  readonly lines: readonly Line[];
  readonly items: readonly Item[];
  readonly folds: readonly Fold[];
  readonly commands: readonly Say[];
};

/**
 * Creates the status card: restricted connectors first, each with a button to its card, then one line on the health of the
 * signals and one with the number of the other connectors, which unfold. With a filter, or from the second page on, it has
 * only the list.
 */
export function renderConnectors(
  status: ConnectorsStatus,
  locale: Locale,
  { listing = FIRST, links = new Map() }: { readonly listing?: Listing; readonly links?: CardLinks } = {},
): AdaptiveCard {
  const texts = strings(locale);
  const isFirst = listing.filter === null && listing.page === 1;
  const content = isFirst ? firstPage(status, texts, links) : listed(status, texts, listing);
  return drawnToFit(
    (longest) => shortened(content, longest),
    ({ lines, ...rest }) => answerCard(texts.chat.statusTitle, { sections: [{ title: '', lines }], ...rest }, locale),
  );
}

function firstPage(status: ConnectorsStatus, texts: Strings, links: CardLinks): Content {
  const restricted = status.connectors.filter((connector) => connector.restricted);
  const rest = matching(status, null);
  const shown = restricted.slice(0, MAX_RESTRICTED);
  const more = restricted.length - shown.length;
  const rows = rest.slice(0, PAGE).map((connector) => stateLine(connector, status, texts));
  const isShort = rest.length <= FEW;
  const others = { id: 'others', title: othersTitle(rest, texts), lines: isShort ? [] : rows };
  const openRows: readonly Item[] = isShort ? rows.map((line) => ({ lines: [line], links: [] })) : [];
  return {
    lines: overview(status, texts),
    items: [
      ...shown.map((connector) => restrictedItem(connector, status, texts, links)),
      ...(more > 0 ? [{ lines: [plainLine(texts.chat.moreRestricted(more))], links: [] }] : []),
      ...openRows,
    ],
    folds: [health(status, texts), others],
    commands: [...pageCommands({ filter: null, page: 1 }, rest.length, texts), ...filterCommands(status, texts)],
  };
}

function listed(status: ConnectorsStatus, texts: Strings, { filter, page }: Listing): Content {
  const { chat } = texts;
  const all = matching(status, filter);
  const pages = Math.max(1, Math.ceil(all.length / PAGE));
  const current = Math.min(page, pages);
  const rows = all.slice((current - 1) * PAGE, current * PAGE).map((connector) => stateLine(connector, status, texts));
  const title = chat.listed(all.length, filter === null ? '' : filterName(filter, texts), current, pages);
  return {
    lines: [...age(status, texts).lines, plainLine(title), ...rows],
    items: [],
    folds: [],
    commands: [...pageCommands({ filter, page: current }, all.length, texts), { ...chat.allConnectors }],
  };
}

/** Returns the connectors of a filter, worst first; without one, all that are not restricted. */
function matching({ connectors }: ConnectorsStatus, filter: ListFilter | null): readonly ConnectorStatus[] {
  const isChosen = ({ restricted, enabled, verdict = null }: ConnectorStatus) => {
    if (filter === null) return !restricted;
    if (filter === 'restricted') return restricted;
    return filter === 'off' ? enabled === false : verdict === filter;
  };
  const rank = ({ verdict = null }: ConnectorStatus) => WORST_FIRST.indexOf(verdict);
  return connectors.filter(isChosen).toSorted((a, b) => rank(a) - rank(b));
}

function overview(status: ConnectorsStatus, texts: Strings): readonly Line[] {
  const { chat } = texts;
  const restricted = matching(status, 'restricted').length;
  const counted = restricted === 0 ? chat.allClear : chat.restrictedCount(restricted);
  const known = status.connectors.length === 0 ? chat.noConnectors : counted;
  const alerted = status.alerted.length === 0 ? [] : [plainLine(chat.alertedCount(status.alerted.length))];
  // An incomplete reading does not prove that nothing is restricted.
  const summary = status.readAt === null && restricted === 0 ? [] : [plainLine(known)];
  const failed = (status.watch.selfCheck?.failed ?? 0) > 0 ? selfCheckLines(status, texts) : [];
  return [...summary, ...alerted, ...age(status, texts).lines, ...failed];
}

/** Returns how the service learns of restrictions; one line while everything works. */
function health(status: ConnectorsStatus, texts: Strings): Fold {
  const { chat } = texts;
  const { watch } = status;
  const watching = plainLine(chat.watch[watch.push](Math.round(watch.pollMs / 1000)));
  const lines = [...signalsSection(watch.signals ?? [], chat).lines, watching, ...selfCheckLines(status, texts)];
  return { id: 'health', title: healthTitle(status, chat), lines };
}

/** Returns one line on the signals: working, failing, or without an answer yet, which must not read as working. */
function healthTitle({ watch: { signals = [] }, readAt }: ConnectorsStatus, chat: Strings['chat']): string {
  const failing = signals.filter(({ state }) => state === 'failing').length;
  if (failing > 0) return `${ICONS.bad} ${chat.unhealthy(failing)}`;
  const unread = new Set(signals.filter(({ state }) => state === 'waiting').map(({ name }) => name));
  if (readAt === null) unread.add('exchange');
  if (unread.size === 0) return `${ICONS.good} ${chat.healthy}`;
  return `${ICONS.unknown} ${chat.unheard([...unread].map((name) => chat.signals.names[name]).join(', '))}`;
}

function selfCheckLines({ watch: { selfCheck } }: ConnectorsStatus, { selfCheck: texts }: Strings): readonly Line[] {
  if (selfCheck === undefined) return [];
  if (selfCheck === null) return [plainLine(texts.never)];
  const { checkedAt, failed, warnings } = selfCheck;
  const text = texts.status(cardTime(checkedAt), failed, warnings);
  return [failed > 0 ? warningLine(text) : plainLine(text)];
}

/** Returns a title such as "992 others: ✖ 3 Danger · ✔ 989 OK". */
function othersTitle(rest: readonly ConnectorStatus[], { chat, findings }: Strings): string {
  const marks = WORST_FIRST.flatMap((verdict) => {
    const count = rest.filter((connector) => (connector.verdict ?? null) === verdict).length;
    if (count === 0) return [];
    return [verdict === null ? chat.notChecked(count) : `${ICONS[verdict]} ${count} ${findings.verdicts[verdict]}`];
  });
  return chat.others(rest.length, marks.join(' · '));
}

function restrictedItem(connector: ConnectorStatus, status: ConnectorsStatus, texts: Strings, links: CardLinks): Item {
  const line = stateLine(connector, status, texts);
  const open = openIncident(connector);
  if (open === null) return { lines: [line], links: [] };
  const since = timeLine(texts.cards.facts.since, open.connector?.restrictedSince ?? open.openedAt);
  const url = links.get(open.id);
  return {
    lines: [line, since, ...people(open, texts)],
    links: url === undefined ? [] : [{ title: texts.chat.openCard, url }],
  };
}

function people({ approval, remarks }: Incident, { cards, chat }: Strings): readonly Line[] {
  const remark = remarks.at(-1);
  const acted = remark === undefined ? [] : [textLine('', cards.remarks[remark.kind](shortName(remark.by)), MAX_TEXT)];
  if (approval === null || !counts(approval)) return acted;
  const { approver, confirmer } = approval;
  const by = shortName(approver);
  const agreed = confirmer === null ? chat.approvalOf(by) : chat.approvedBy(by, shortName(confirmer));
  return [textLine('', agreed, MAX_TEXT), ...acted];
}

function counts({ ending }: Approval): boolean {
  return ending === null || ending.kind === 'confirmed';
}

function pageCommands({ filter, page }: Listing, count: number, { chat }: Strings): readonly Say[] {
  const about = filter === null ? '' : `${filter} `;
  const to = (number: number) => `status connectors ${about}page ${number}`;
  return [
    ...(page > 1 ? [{ title: chat.previousPage, text: to(page - 1) }] : []),
    ...(page * PAGE < count ? [{ title: chat.nextPage, text: to(page + 1) }] : []),
  ];
}

function filterCommands(status: ConnectorsStatus, texts: Strings): readonly Say[] {
  const { connectors } = status;
  if (connectors.length <= FEW) return [];
  return OFFERED.flatMap((filter) => {
    const count = matching(status, filter).length;
    return count === 0
      ? []
      : [{ title: `${filterName(filter, texts)} (${count})`, text: `status connectors ${filter}` }];
  });
}

function filterName(filter: ListFilter, { chat, findings }: Strings): string {
  return filter === 'restricted' || filter === 'off' ? chat.filters[filter] : findings.verdicts[filter];
}

function shortened({ lines, items, folds, commands }: Content, longest: number): Content {
  return {
    lines: shortenedLines(lines, longest),
    items: items.map((item) => ({ ...item, lines: shortenedLines(item.lines, longest) })),
    folds: folds.map((fold) => ({ ...fold, lines: shortenedLines(fold.lines, longest) })),
    commands,
  };
}
