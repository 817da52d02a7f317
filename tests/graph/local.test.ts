import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { link, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, Socket, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type * as LockModule from '../../src/graph/local/lock';
import { readConfig } from '../../src/config';
import { Graph } from '../../src/graph/graph';
import { openLocal, type LocalOptions } from '../../src/graph/local/server';
import { openNeo4j } from '../../src/graph/open';

const root = join(__dirname, '..', '..');
const { home: jars, neo4jVersion: version } = readConfig({ ...process.env, NEO4J_URI: undefined });
let home: string;
let options: LocalOptions;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'yuntu-home-'));
  options = { home, jars, version, heap: '256m', env: process.env, progress: () => {} };
});
afterAll(() => rm(home, { recursive: true, force: true }));

const answers = async (uri: string): Promise<boolean> => {
  const graph = new Graph({ uri });
  try {
    return await graph.ping(2_000).then(
      () => true,
      () => false,
    );
  } finally {
    await graph.close();
  }
};

test('a server left behind by a killed process is found again, shared, and ended by its last user', async () => {
  const given = JSON.stringify({ ...options, env: undefined });
  const script = `const { openLocal } = require('./src/graph/local/server');
    openLocal({ ...${given}, env: process.env, progress() {} }).then(({ uri }) => {
      console.log(uri);
      process.kill(process.pid, 'SIGKILL');
    });`;
  const child = spawn(process.execPath, ['-r', '@swc-node/register', '-e', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  await once(child, 'exit');
  const uri = printed.trim();
  expect(await answers(uri)).toBe(true);
  const [one, two] = await Promise.all([openLocal(options), openLocal(options)]);
  expect([one.uri, two.uri]).toEqual([uri, uri]);
  await one.close();
  expect(await answers(uri)).toBe(true);
  await two.close();
  expect(await answers(uri)).toBe(false);
  const again = await openLocal(options);
  expect(again.uri).toBe(uri);
  await again.close();
}, 120_000);

test('a port that was taken in the meantime is left alone', async () => {
  const first = await openLocal(options);
  await first.close();
  const port = Number(new URL(first.uri).port);
  const other: Server = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  const second = await openLocal(options);
  expect(second.uri).not.toBe(first.uri);
  await second.close();
  other.close();
}, 120_000);

test('a lock is for one at a time, and goes from the dead to the living, be it one of the same number', async () => {
  await jest.isolateModulesAsync(async () => {
    const { locked } = jest.requireActual<typeof LockModule>('../../src/graph/local/lock');
    const folder = await mkdtemp(join(tmpdir(), 'yuntu-lock-'));
    const lock = join(folder, 'lock');
    const dead = `${lock}.${process.pid}.0`;
    await writeFile(dead, `${process.pid}-1`);
    await link(dead, lock);
    let inside = 0;
    const most: number[] = [];
    const work = async (): Promise<void> => {
      most.push(++inside);
      await new Promise((resolve) => setTimeout(resolve, 10));
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => locked(lock, work)));
    expect(most).toEqual([1, 1, 1]);
    await expect(locked(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});

test('a Neo4j that does not come up is told with the end of its log', async () => {
  const other = await mkdtemp(join(tmpdir(), 'yuntu-home-'));
  await expect(openLocal({ ...options, home: other, heap: '1m' })).rejects.toThrow(
    /^Neo4j did not come up\. The end of .*neo4j\.out:\n[\s\S]*heap/i,
  );
  await rm(other, { recursive: true });
}, 120_000);

test('without Java and without a Neo4j, one clear error lists the three ways', async () => {
  const config = readConfig({});
  await expect(
    openNeo4j(config, { PATH: '/nowhere', JAVA_HOME: '/nowhere' }, () => {}),
  ).rejects.toThrow(/there is no Java[\s\S]*NEO4J_URI[\s\S]*Maven[\s\S]*docker compose up/);
});

test('Maven fetches the jars once; where they are, it is not asked for', async () => {
  const own = await mkdtemp(join(tmpdir(), 'yuntu-home-'));
  const config = { ...readConfig({}), home: own, neo4jHeap: '256m', neo4jVersion: version };
  const env = { PATH: '/nowhere', JAVA_HOME: await javaHome() };
  const open = () => openNeo4j(config, env, () => {});
  await expect(open()).rejects.toThrow(/there is no Maven[\s\S]*docker compose up/);
  await symlink(join(jars, `neo4j-${version}`), join(own, `neo4j-${version}`));
  const neo4j = await open();
  expect(await answers(neo4j.uri)).toBe(true);
  await neo4j.close();
  await rm(own, { recursive: true });
}, 120_000);

/** The home of the Java that the tests run with. */
async function javaHome(): Promise<string> {
  const { JAVA_HOME, PATH = '' } = process.env;
  if (JAVA_HOME) return JAVA_HOME;
  const java = PATH.split(delimiter)
    .map((folder) => join(folder, 'java'))
    .find((file) => existsSync(file));
  return dirname(dirname(await realpath(java ?? 'java')));
}

test('a database that takes calls and never answers is given up at the deadline', async () => {
  const held: Socket[] = [];
  const silent = createServer((socket) => held.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  const graph = new Graph({ uri: `bolt://127.0.0.1:${port}` });
  await expect(graph.read('RETURN 1', {}, { deadline: 300 })).rejects.toMatchObject({
    code: 'TIMEOUT',
  });
  held.forEach((socket) => socket.destroy());
  await graph.close();
  silent.close();
});

test('a database that is not there is told apart from a slow one; a read cannot write', async () => {
  const graph = new Graph({ uri: 'bolt://127.0.0.1:1' });
  await expect(graph.read('RETURN 1')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  await graph.close();
  const real = new Graph({ uri: process.env.YUNTU_TEST_NEO4J_URI as string });
  await expect(real.read('CREATE (n:Oddity) RETURN n')).rejects.toMatchObject({ code: 'INTERNAL' });
  await real.close();
});

test('sockets to the database send at once, so that a long statement does not wait', async () => {
  const told = jest.spyOn(Socket.prototype, 'setNoDelay');
  const graph = new Graph({ uri: process.env.YUNTU_TEST_NEO4J_URI as string });
  await graph.read('RETURN size($p.text) AS n', { text: 'a'.repeat(4_000) });
  expect(told).toHaveBeenCalledWith(true);
  await graph.close();
});
