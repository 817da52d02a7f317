import { once } from 'node:events';
import { createServer as createTcpServer, connect, type Socket } from 'node:net';
import { blueprint } from '../../src/entities/blueprint';
import { Graph } from '../../src/graph/graph';
import { examples } from '../../src/http/examples';
import { createServer, type Server } from '../../src/server';
import { times } from '../support/hostile/hostile';

const uri = process.env.YUNTU_TEST_NEO4J_URI as string;
let graph: Graph;
let server: Server;
const logged: unknown[] = [];

beforeAll(async () => {
  graph = new Graph({ uri });
  server = await createServer({
    graph,
    blueprint,
    log: (event, details) => logged.push({ event, ...details }),
  });
});
afterAll(async () => {
  await server.close();
  await graph.close();
});

/** Where a server listens; it does so from the first call on. */
const addresses = new Map<Server, Promise<string>>();
function at(to: Server): Promise<string> {
  const address = addresses.get(to) ?? to.app.listen({ host: '127.0.0.1', port: 0 });
  addresses.set(to, address);
  return address;
}

async function get(path: string): Promise<{ status: number; type: string; body: string }> {
  const reply = await fetch((await at(server)) + path);
  return {
    status: reply.status,
    type: reply.headers.get('content-type') ?? '',
    body: await reply.text(),
  };
}

interface Body {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly { message: string; extensions: Record<string, unknown> }[];
}

async function post(payload: object, to = server): Promise<{ status: number; body: Body }> {
  const reply = await fetch(`${await at(to)}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  return { status: reply.status, body: (await reply.json()) as Body };
}

test('of many faults of a document the first twenty are told, and that there are more', async () => {
  const fields = times(300, (n) => `companny${n}`);
  const { status, body } = await post({ query: `{ companies { nodes { ${fields.join(' ')} } } }` });
  expect(status).toBe(400);
  expect(body.errors?.map(({ message }) => message)).toEqual([
    ...fields.slice(0, 20).map((name) => expect.stringContaining(`"${name}"`)),
    expect.stringMatching(/^Too many/),
  ]);
});

test('every example of the playground is answered over HTTP', async () => {
  for (const { query, variables } of examples) {
    const { status, body } = await post({ query, variables });
    expect({ query, status, errors: body.errors }).toEqual({
      query,
      status: 200,
      errors: undefined,
    });
  }
});

test('the playground and its parts come from this server alone', async () => {
  const page = await get('/');
  expect(page.type).toContain('text/html');
  const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)]
    .map(([, link]) => link ?? '')
    .filter((link) => !link.startsWith('data:'));
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) {
    expect(link).toMatch(/^\/playground\//);
    expect((await get(link)).status).toBe(200);
  }
});

test('every answer keeps a page to what comes from here: the playground, an answer, a refusal', async () => {
  const query = `/graphql?query=${encodeURIComponent('{ __typename }')}`;
  for (const path of ['/', query, '/nowhere']) {
    const { headers } = await fetch((await at(server)) + path, {
      headers: { 'apollo-require-preflight': 'true' },
    });
    const directives = headers.get('content-security-policy')?.split(';') ?? [];
    expect(directives).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
    });
    expect(headers.has('strict-transport-security')).toBe(false);
  }
});

test('what is no GraphQL, asks for unknown fields or gives wrong variables is told with its code', async () => {
  const codes: [object, string][] = [
    [{ query: '{' }, 'GRAPHQL_PARSE_FAILED'],
    [{ query: '{ companys { key } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      {
        query: 'query ($n: Int) { companies(first: $n) { totalCount } }',
        variables: { n: 'many' },
      },
      'BAD_USER_INPUT',
    ],
    [
      { query: '{ companies(where: { foundedOn: { gte: "soon" } }) { totalCount } }' },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      {
        query: 'query A { companies { totalCount } } query B { companies { totalCount } }',
        operationName: 'C',
      },
      'BAD_USER_INPUT',
    ],
    [{}, 'BAD_USER_INPUT'],
  ];
  for (const [payload, code] of codes) {
    const { body } = await post(payload);
    expect({ payload, code: body.errors?.[0]?.extensions.code }).toEqual({ payload, code });
  }
});

test('no stack and no inner message leaves the server; the log has them under the id that the caller got', async () => {
  const broken = Object.assign(Object.create(graph) as Graph, {
    read: () => Promise.reject(new Error('secret detail')),
  });
  const other = await createServer({
    graph: broken,
    blueprint,
    log: (event, details) => logged.push({ event, ...details }),
  });
  const { body } = await post({ query: '{ companies { totalCount } }' }, other);
  await other.close();
  expect(JSON.stringify(body)).not.toContain('secret');
  const { code, id } = body.errors?.[0]?.extensions ?? {};
  expect(code).toBe('INTERNAL');
  expect(logged).toContainEqual(expect.objectContaining({ id, message: 'secret detail' }));
});

test('a database that is lost is told, and when it is back the server goes on by itself', async () => {
  const { hostname, port } = new URL(uri);
  const open = new Set<Socket>();
  // A way to the real database that can be cut.
  const gate = createTcpServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => {}).on('close', () => [near, far].forEach((each) => each.destroy()));
    }
    near.pipe(far).pipe(near);
  });
  gate.listen(0, '127.0.0.1');
  await once(gate, 'listening');
  const address = gate.address() as { port: number };
  const through = new Graph({ uri: `bolt://127.0.0.1:${address.port}` });
  const other = await createServer({ graph: through, blueprint });
  const query = '{ companies { totalCount } }';
  const ask = () => post({ query }, other);
  expect((await ask()).body.data).toEqual({ companies: { totalCount: 42 } });
  gate.close();
  open.forEach((socket) => socket.destroy());
  await once(gate, 'close');
  expect((await ask()).body.errors?.[0]?.extensions.code).toBe('DATABASE_UNAVAILABLE');
  gate.listen(address.port, '127.0.0.1');
  await once(gate, 'listening');
  expect((await ask()).body.data).toEqual({ companies: { totalCount: 42 } });
  await other.close();
  await through.close();
  open.forEach((socket) => socket.destroy());
  gate.close();
});
