import { z } from 'zod';
import type { Directory } from './directory.ts';
import { badRequest, contextOf, GraphRefusal, graphJson, pageOf, type Route } from './graph-answers.ts';
import type { Person } from './people.ts';
import { bodyOf, type Call } from './wire.ts';

/** What `GET /users` returns without `$select`: neither accountEnabled nor userType. Microsoft Graph "user" resource. */
const DEFAULT_FIELDS = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

const groupIdsSchema = z.object({ groupIds: z.array(z.string()).max(20) });

export function directoryRoutes(directory: Directory, organization: { id: string; displayName: string }): Route[] {
  return [
    {
      method: 'GET',
      pattern: /^\/v1\.0\/users\/([^/]+)$/,
      answer: (call, [id = '']) => {
        const fields = chosen(call, userRecord(found(directory, id)), DEFAULT_FIELDS);
        return graphJson(call, 200, { '@odata.context': contextOf(call, 'users/$entity'), ...fields });
      },
    },
    {
      method: 'GET',
      pattern: /^\/v1\.0\/users$/,
      answer: (call) => usersById(call, directory),
    },
    {
      method: 'POST',
      pattern: /^\/v1\.0\/users\/([^/]+)\/checkMemberGroups$/,
      answer: (call, [id = '']) => checkMemberGroups(call, directory, found(directory, id)),
    },
    {
      method: 'GET',
      pattern: /^\/v1\.0\/groups\/([^/]+)$/,
      answer: (call, [id = '']) => {
        const fields = chosen(call, groupRecord(directory, id), undefined);
        return graphJson(call, 200, { '@odata.context': contextOf(call, 'groups/$entity'), ...fields });
      },
    },
    {
      method: 'GET',
      pattern: /^\/v1\.0\/groups\/([^/]+)\/transitiveMembers\/microsoft\.graph\.user$/,
      answer: (call, [id = '']) => transitiveMembers(call, directory, id),
    },
    {
      method: 'GET',
      pattern: /^\/v1\.0\/organization$/,
      answer: (call) =>
        graphJson(call, 200, { '@odata.context': contextOf(call, 'organization'), value: [organization] }),
    },
  ];
}

function checkMemberGroups(call: Call, directory: Directory, person: Person) {
  const body = groupIdsSchema.safeParse(bodyOf(call));
  if (!body.success) throw badRequest("Invalid value specified for property 'groupIds' of resource 'User'.");
  const value = body.data.groupIds.filter((groupId) => directory.isMember(groupId, person.aadObjectId));
  return graphJson(call, 200, { '@odata.context': contextOf(call, 'Collection(Edm.String)'), value });
}

/** Handles `$filter=id in ('…','…')` with at most 15 ids, the only filter of this list that the service uses. */
function usersById(call: Call, directory: Directory) {
  const [, list] = /^id in \(('[^']+'(?:,'[^']+')*)\)$/.exec(call.query.get('$filter') ?? '') ?? [];
  const ids = list?.split(',').map((quoted) => quoted.slice(1, -1)) ?? [];
  if (ids.length === 0 || ids.length > 15)
    throw badRequest('Too many child clauses specified in search filter expression.');
  const people = ids.map((id) => directory.find(id)).filter((person) => person !== undefined);
  const rows = people.map((person) => chosen(call, userRecord(person), DEFAULT_FIELDS));
  return graphJson(call, 200, { '@odata.context': contextOf(call, 'users'), ...pageOf(call, rows, 100, 999) });
}

function transitiveMembers(call: Call, directory: Directory, groupId: string) {
  groupRecord(directory, groupId);
  const rows = directory.membersOf(groupId).map((person) => chosen(call, userRecord(person), DEFAULT_FIELDS));
  const page = pageOf(call, rows, 100, 999);
  const count = call.query.get('$count') === 'true' ? { '@odata.count': rows.length } : {};
  return graphJson(call, 200, { '@odata.context': contextOf(call, 'users'), ...count, ...page });
}

function found(directory: Directory, id: string): Person {
  const person = directory.find(id);
  if (person === undefined) throw notFound(id);
  return person;
}

function notFound(id: string): GraphRefusal {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return new GraphRefusal(404, 'Request_ResourceNotFound', message);
}

function userRecord(person: Person): Record<string, unknown> {
  return {
    businessPhones: [],
    displayName: person.displayName,
    givenName: person.givenName,
    jobTitle: null,
    mail: person.userPrincipalName,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: person.locale,
    surname: person.surname,
    userPrincipalName: person.userPrincipalName,
    id: person.aadObjectId,
    accountEnabled: person.accountEnabled,
    lastPasswordChangeDateTime: person.passwordChangedAt,
    userType: person.userType,
  };
}

function groupRecord(directory: Directory, id: string): Record<string, unknown> {
  const group = directory.group(id);
  if (group === undefined) throw notFound(id);
  return {
    id: group.id,
    displayName: group.displayName,
    description: null,
    groupTypes: [],
    mailEnabled: false,
    securityEnabled: true,
  };
}

function chosen(call: Call, record: Record<string, unknown>, byDefault: readonly string[] | undefined) {
  const selected = call.query
    .get('$select')
    ?.split(',')
    .map((field) => field.trim());
  const wanted = selected ?? byDefault ?? Object.keys(record);
  const unknown = wanted.find((field) => !(field in record));
  if (unknown !== undefined) throw badRequest(`Could not find a property named '${unknown}' on the requested type.`);
  return Object.fromEntries(wanted.map((field) => [field, record[field]]));
}
