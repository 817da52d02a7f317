import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { web, type Reply, type Web } from '../../support/web';

const installed = ['redis-server', 'valkey-server'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
if (!installed)
  process.stderr.write(
    'Answers shared through Redis are not tested: no redis-server on the PATH.\n',
  );
const whereInstalled = installed ? describe : describe.skip;

const query = 'query Shared { company(key: "openai") { key name } }';
const statusOf = ({ body }: Reply) => body.extensions?.cache?.status;

whereInstalled('answers shared through a real Redis', () => {
  let port: number;
  let redis: ChildProcess;
  let one: Web;
  let two: Web;

  async function startRedis(): Promise<void> {
    redis = spawn(
      installed as string,
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    let said = '';
    for await (const chunk of redis.stdout ?? []) {
      said += String(chunk);
      if (/Ready to accept connections/.test(said)) break;
    }
  }

  async function stopRedis(): Promise<void> {
    const ended = once(redis, 'exit');
    redis.kill('SIGKILL');
    await ended;
  }

  /** Asks with a document of its own until both servers share an answer: they connect in the background. */
  async function shares(): Promise<boolean> {
    for (let time = 0; time < 200; time++) {
      const own = `{ company(key: "openai") { key name } } # ${Date.now()} ${time}`;
      await one.post({ query: own });
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (statusOf(await two.post({ query: own })) === 'hit') return true;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return false;
  }

  beforeAll(async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    ({ port } = free.address() as { port: number });
    free.close();
    await startRedis();
    const redisUrl = `redis://127.0.0.1:${port}`;
    [one, two] = await Promise.all([web({ redisUrl }), web({ redisUrl })]);
    await Promise.all([one.graph.ping(), two.graph.ping()]);
  });
  afterAll(async () => {
    await one.close();
    await two.close();
    redis.kill('SIGKILL');
  });

  test('what one server has worked out, the other has; the revision keeps it right', async () => {
    expect(await shares()).toBe(true);
    const first = await one.post({ query });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = await two.post({ query });
    expect(second.body.data).toEqual(first.body.data);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    const { operation, cost, revision } = await one.lineOf(first);
    expect(operation).toBe('Shared');
    const line = { operation, cost, revision, statements: 0 };
    expect(await two.lineOf(second)).toMatchObject(line);
    await two.graph.write((run) => run('MERGE (n:SharedCacheTest) SET n.v = 1'));
    expect(statusOf(await two.post({ query }))).toBe('miss');
    await two.graph.write((run) => run('MATCH (n:SharedCacheTest) DELETE n'));
  });

  test('a Redis that hangs or is gone breaks no answer; when it is back, answers are shared again', async () => {
    redis.kill('SIGSTOP');
    for (let time = 0; time < 3; time++) {
      const { status, body } = await two.post({ query: `${query} # hangs ${time}` });
      expect([status, body.data?.company.key]).toEqual([200, 'openai']);
    }
    redis.kill('SIGCONT');
    await stopRedis();
    for (let time = 0; time < 3; time++) {
      const { status, body } = await two.post({ query: `${query} # gone ${time}` });
      expect([status, body.data?.company.key]).toEqual([200, 'openai']);
    }
    expect(statusOf(await two.post({ query: `${query} # gone 0` }))).toBe('hit');
    await startRedis();
    expect(await shares()).toBe(true);
    expect([...one.logged, ...two.logged]).toContain('shared-cache-lost');
  });

  test('one that was never there is no hindrance', async () => {
    const alone = await web({ redisUrl: 'redis://127.0.0.1:1' });
    await alone.graph.ping();
    expect(statusOf(await alone.post({ query }))).toBe('miss');
    expect(statusOf(await alone.post({ query }))).toBe('hit');
    await alone.close();
  });
});
