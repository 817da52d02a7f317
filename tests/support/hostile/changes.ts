import { createHash } from 'node:crypto';
import { parseTokens } from '../../../src/http/token';
import { post, readRefusal, times, type Hostile, type Refused } from './hostile';

const secrets = { mei: 'yuntu_made-for-the-tests', lena: 'yuntu_made-for-a-reader' };
const entry = (name: keyof typeof secrets, role: string): string =>
  `${name}:${role}:${createHash('sha256').update(secrets[name]).digest('hex')}`;

/** Whom the server that is attacked lets in: a curator, who may turn against it, and a reader. */
export const tokens = parseTokens(`${entry('mei', 'curator')},${entry('lena', 'reader')}`) ?? [];

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const curator = bearer(secrets.mei);

/** The kind of the first payload that says why nothing was changed; refusals as ever. */
async function sent(url: string, body: string, headers: Record<string, string>): Promise<Refused> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await reply.clone().text();
  const { data } = JSON.parse(text) as { data?: Record<string, { __typename: string }> | null };
  const [payload] = Object.values(data ?? {});
  return payload ? { status: reply.status, code: payload.__typename } : readRefusal(reply);
}

const citations = [{ source: 'cloud100-2024', page: 3 }];
const company = { key: 'hostile-company', name: 'Hostile', citations };
const retraction = { retract: { id: 'Company:nobody', reason: 'none' } };
const upsert =
  'mutation ($input: UpsertCompanyInput!, $operationId: ID!) { upsertCompany(input: $input, operationId: $operationId) { __typename } }';
const change =
  'mutation ($input: [ChangeInput!]!, $operationId: ID!) { change(input: $input, operationId: $operationId) { __typename } }';

interface Sent {
  readonly query?: string;
  readonly input: unknown;
  readonly operationId?: string;
}

const changed = (
  name: string,
  { query = change, input, operationId = 'hostile' }: Sent,
  status: number,
  code: string,
  headers: Record<string, string> = curator,
): Hostile => {
  const variables = { input, operationId };
  return {
    name,
    status,
    code,
    send: (url, comment = '') =>
      sent(url, JSON.stringify({ query: comment + query, variables }), headers),
  };
};

const put = (input: object, operationId?: string): Sent => ({
  query: upsert,
  input: { ...company, ...input },
  operationId,
});
const limit = 'LIMIT_EXCEEDED';
const invalid = 'InvalidInput';

/** Changes: by those who may make none, and by a curator who means ill. */
export const changes: readonly Hostile[] = [
  changed('a change by nobody', put({}), 401, 'UNAUTHENTICATED', {}),
  changed('a change by a reader', put({}), 403, 'FORBIDDEN', bearer(secrets.lena)),
  changed('a change with a token of nobody', put({}), 401, 'UNAUTHENTICATED', bearer('yuntu_x')),
  changed('a change from a page of another site', put({}), 403, 'FORBIDDEN', {
    ...curator,
    'sec-fetch-site': 'cross-site',
  }),
  {
    name: 'a change under the name of another operation, by nobody',
    status: 400,
    code: 'BAD_USER_INPUT',
    send: (url, comment = '') =>
      post(
        url,
        JSON.stringify({
          query: comment + upsert.replace('mutation', 'mutation A'),
          operationName: 'B',
          variables: { input: company, operationId: 'hostile' },
        }),
      ),
  },
  {
    name: 'a change of a curator in an address',
    status: 405,
    code: 'BAD_USER_INPUT',
    send: async (url) =>
      readRefusal(
        await fetch(
          `${url}?${new URLSearchParams({ query: upsert, variables: JSON.stringify({ input: company, operationId: 'hostile' }) }).toString()}`,
          { headers: curator },
        ),
      ),
  },
  changed('no change at all', { input: [] }, 200, invalid),
  changed('101 changes', { input: times(101, () => retraction) }, 200, invalid),
  changed('251 changes', { input: times(251, () => retraction) }, 400, limit),
  changed(
    'two changes as one',
    { input: [{ ...retraction, upsertCompany: company }] },
    200,
    invalid,
  ),
  changed('a change of nothing', { input: [{}] }, 200, invalid),
  changed(
    '1,000 changes under ten names',
    {
      query: `mutation ($input: [ChangeInput!]!) { ${times(10, (i) => `a${i}: change(input: $input, operationId: "hostile-${i}") { __typename }`).join(' ')} }`,
      input: times(100, () => retraction),
    },
    400,
    'COST_EXCEEDED',
  ),
  changed(
    'eleven operations at once',
    {
      query: `mutation ($input: [ChangeInput!]!) { ${times(11, (i) => `a${i}: change(input: $input, operationId: "hostile-${i}") { __typename }`).join(' ')} }`,
      input: [retraction],
    },
    400,
    limit,
  ),
  changed('11 KB of a name', put({ name: 'x'.repeat(11_000) }), 400, limit),
  changed('251 citations', put({ citations: times(251, () => citations[0]) }), 400, limit),
  changed('251 names', put({ aliases: times(251, (i) => `${i}`) }), 400, limit),
  changed('a value of another kind', put({ name: { $ne: '' } }), 400, 'BAD_USER_INPUT'),
  changed('a field of nobody', put({ datasets: ['report'] }), 400, 'BAD_USER_INPUT'),
  changed('an operation without a name', put({}, ''), 200, invalid),
  changed('an operation named in 201 characters', put({}, 'x'.repeat(201)), 200, invalid),
  changed('an operation with a line break in its name', put({}, 'a\nb'), 200, invalid),
  changed('an operation with NUL in its name', put({}, 'a\0b'), 200, invalid),
  changed('an operation with a lone surrogate in its name', put({}, 'a\ud800'), 200, invalid),
];
