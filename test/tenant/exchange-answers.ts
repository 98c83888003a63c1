import { z } from 'zod';
import { type Answer, type Call, empty, json, parseJson } from './wire.ts';

const MANAGEMENT_OBJECT_NOT_FOUND = 'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException';
const AMBIGUOUS_PARAMETERS = 'Microsoft.Exchange.AdminApi.CommandInvocation.AmbiguousParameterSetException';
const MORE_RESULTS =
  'There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.';

/** How Exchange responds where that is unknown, or where tenants differ. */
export type AnswerOptions = {
  /** Notices in every response. */
  warnings: readonly string[];
  /** Whether this tenant is redirected to a host of its own, as some are (cisagov/ScubaGear, EXORestHelper.psm1). */
  redirect: boolean;
  /** Whether `X-AnchorMailbox` is accepted (CIPP-API sends it) or refused (Outlook REST API: ErrorIncorrectRoutingHint). */
  anchor: 'taken' | 'refused';
};

type Page = { readonly rows: readonly Record<string, unknown>[]; readonly more: boolean };

/** Success envelope, live (rknightion/graph2otel, internal/exoclient). */
export function success(origin: string, tenantId: string, { rows, more }: Page): Answer {
  const base = `${origin}/adminapi/beta/${tenantId}`;
  return json(200, {
    '@odata.context': `${base}/$metadata#Collection(Exchange.GenericHashTable)`,
    'adminapi.warnings@odata.type': '#Collection(String)',
    '@adminapi.warnings': more ? [MORE_RESULTS] : [],
    ...(more ? { '@odata.nextLink': `${base}/InvokeCommand?%24skiptoken=simulated` } : {}),
    value: rows.map(withSidecars),
  });
}

/** Adds notices before the other warnings of a response. */
export function withNotices(answer: Answer, notices: readonly string[]): Answer {
  const body = z.looseObject({ '@adminapi.warnings': z.array(z.string()) });
  const read = body.safeParse(parseJson(answer.payload?.toString('utf8') ?? ''));
  if (notices.length === 0 || !read.success) return answer;
  const warnings = [...notices, ...read.data['@adminapi.warnings']];
  return json(answer.status, { ...read.data, '@adminapi.warnings': warnings });
}

/** Error envelope, live (rknightion/graph2otel, internal/exoclient): the text occurs three times, and the outer message is generic. */
function invalidOperation(status: number, code: string, type: string, text: string): Answer {
  const message = 'Invalid Operation';
  return json(status, {
    error: {
      code,
      message,
      details: [{ code: 'Client', target: '', message: `|${type}|${text}` }],
      innererror: {
        message,
        type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
        stacktrace: '',
        internalexception: { message: text, type, stacktrace: '' },
      },
    },
  });
}

export function unknownParameter(name: string): Answer {
  const text = `Parameter set cannot be resolved using the specified named parameters. Invalid cmdlet parameters specified. ${name}`;
  return invalidOperation(400, 'BadRequest', AMBIGUOUS_PARAMETERS, text);
}

/** Status, code and details, live (rknightion/graph2otel, internal/exoclient); the inner error of this body was not published. */
export function objectNotFound(id: string): Answer {
  const text = `Ex6F9304|${MANAGEMENT_OBJECT_NOT_FOUND}|The operation couldn't be performed because object '${id}' couldn't be found on '00000000-simulated.example'.`;
  return json(404, {
    error: {
      code: 'NotFound',
      message: 'Invalid Operation',
      details: [{ code: 'Client', target: '', message: text }],
    },
  });
}

export function malformed(text: string): Answer {
  return invalidOperation(400, 'BadRequest', 'Microsoft.OData.ODataException', text);
}

/** Outlook REST API: error codes; the shape of it here is inferred. */
export function wrongAnchor(): Answer {
  const message = 'The routing hint in X-AnchorMailbox is incorrect.';
  return json(400, { error: { code: 'ErrorIncorrectRoutingHint', message } });
}

/** 302 with a Location (cisagov/ScubaGear, EXORestHelper.psm1). */
export function redirected(origin: string, { path, query }: Pick<Call, 'path' | 'query'>): Answer {
  const search = query.size === 0 ? '' : `?${query}`;
  return empty(302, { Location: `${origin}${path}${search}` });
}

/** Live (rknightion/graph2otel): the response to every request for a next link, whatever the body and however soon. */
export function expiredPage(): Answer {
  return malformed('Expired or Invalid pagination request. Default Expiry time is 00:30:00');
}

/** Adds sidecars: each typed field is accompanied by one that names its type (rknightion/graph2otel, exchangeconnectors_test.go). */
function withSidecars(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const pairs = Object.entries(row).flatMap(([name, value]) => {
    if (Array.isArray(value))
      return [
        [`${name}@odata.type`, '#Collection(String)'],
        [name, value],
      ];
    const type = sidecarType(value);
    return type === undefined
      ? [[name, value]]
      : [
          [`${name}@data.type`, type],
          [name, value],
        ];
  });
  return Object.fromEntries(pairs);
}

function sidecarType(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return 'System.Guid';
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? 'System.DateTime' : undefined;
}
