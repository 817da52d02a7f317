import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, closeSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { causeOf } from '../faults';
import { Graph } from '../graph';
import { javaCommand } from './java';
import { jarsOf, type Progress } from './jars';
import { locked } from './lock';
import { enter, identify, inUse } from './users';

export interface LocalOptions {
  /** The folder in which it lives: data, log, jars. */
  readonly home: string;
  /** Where the jars are kept, if not in the home. */
  readonly jars?: string;
  readonly version: string;
  readonly heap: string;
  /** Further settings of Neo4j; one that is made here too is overridden. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
}

/** What is remembered of a server between processes. */
interface State {
  readonly port: number;
  readonly process: string;
}

/** A Neo4j that runs on this machine, shared by all processes that name the same home. */
export interface LocalNeo4j {
  readonly uri: string;
  /** Leaves the server; the last one to leave ends it. Data stays. */
  close(): Promise<void>;
}

/**
 * Finds the server of this home, or starts it. A server that was left behind by a process that died is found again.
 * @throws Error with the last lines of its log where it does not come up
 */
export async function openLocal(options: LocalOptions): Promise<LocalNeo4j> {
  const { home } = options;
  await mkdir(home, { recursive: true });
  const lock = join(home, 'lock');
  const { state, user } = await locked(lock, async () => {
    const found = (await running(home)) ?? (await start(options));
    return { state: found, user: enter(home) };
  });
  return {
    uri: `bolt://127.0.0.1:${state.port}`,
    close: () =>
      locked(lock, async () => {
        await rm(user, { force: true });
        if (!inUse(home)) await end(state);
      }),
  };
}

const statePath = (home: string) => join(home, 'server.json');

async function remembered(home: string): Promise<State | null> {
  try {
    return JSON.parse(await readFile(statePath(home), 'utf8')) as State;
  } catch {
    return null;
  }
}

/** The server that is running already, if it answers. */
async function running(home: string): Promise<State | null> {
  const state = await remembered(home);
  if (!state || identify(Number.parseInt(state.process, 10)) !== state.process) return null;
  if (await answers(state, 20_000)) return state;
  // It lives but does not answer: it would keep the data locked.
  await end(state);
  return null;
}

async function start({
  home,
  jars = home,
  version,
  heap,
  settings = {},
  env,
  progress,
}: LocalOptions): Promise<State> {
  await mkdir(jars, { recursive: true });
  const lib = await jarsOf(jars, version, progress);
  const port = await choosePort((await remembered(home))?.port);
  const conf = join(home, 'conf');
  await mkdir(conf, { recursive: true });
  await writeFile(join(conf, 'neo4j.conf'), configuration(port, heap, settings));
  progress('Starting Neo4j ...');
  const log = join(home, 'neo4j.out');
  const file = openSync(log, 'w');
  const main = Number(version.split('.')[0]) >= 2025 ? 'Neo4jCommunity' : 'CommunityEntryPoint';
  const opens = ['java.nio', 'java.io', 'sun.nio.ch'].map(
    (name) => `--add-opens=java.base/${name}=ALL-UNNAMED`,
  );
  const child = spawn(
    javaCommand(env),
    [
      `-Xmx${heap}`,
      '-XX:+UseSerialGC',
      ...opens,
      '-cp',
      join(lib, '*'),
      `org.neo4j.server.${main}`,
      `--home-dir=${home}`,
      `--config-dir=${conf}`,
    ],
    // A group of its own, so that Ctrl-C reaches us and not it: we end it in order.
    { detached: true, stdio: ['ignore', file, file] },
  );
  closeSync(file);
  child.unref();
  const dead = new Promise<void>((resolve) =>
    child.once('exit', () => resolve()).once('error', () => resolve()),
  );
  const pid = child.pid;
  const state = { port, process: (pid && identify(pid)) || '' };
  await writeFile(statePath(home), JSON.stringify(state));
  const up = await Promise.race([answers(state, 90_000), dead.then(() => false)]);
  if (up) return state;
  await end(state);
  const last = existsSync(log)
    ? readFileSync(log, 'utf8').trim().split('\n').slice(-8).join('\n')
    : '';
  throw new Error(`Neo4j did not come up. The end of ${log}:\n${last}`);
}

/** Loopback only, no HTTP, no reports; timeouts and memory have bounds, which by default they have not. */
function configuration(port: number, heap: string, more: Readonly<Record<string, string>>): string {
  const settings = {
    'server.bolt.listen_address': `127.0.0.1:${port}`,
    'server.http.enabled': 'false',
    'server.https.enabled': 'false',
    'dbms.security.auth_enabled': 'false',
    'dbms.usage_report.enabled': 'false',
    'server.memory.heap.max_size': `${heap}`,
    'server.memory.pagecache.size': '256m',
    'db.transaction.timeout': '60s',
    'db.lock.acquisition.timeout': '10s',
    'db.memory.transaction.max': '512m',
    'db.tx_log.rotation.retention_policy': '2 files',
    ...more,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  return lines.join('');
}

/** The port of last time if it is free, else any that is. */
async function choosePort(before: number | undefined): Promise<number> {
  return (before && (await free(before))) || (await free(0)) || 0;
}

function free(port: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(0))
      .listen(port, '127.0.0.1', () => {
        const address = probe.address();
        const taken = typeof address === 'object' && address ? address.port : 0;
        probe.close(() => resolve(taken));
      });
  });
}

/** Whether it answers a statement within that many milliseconds. */
async function answers({ port, process }: State, within: number): Promise<boolean> {
  const graph = new Graph({ uri: `bolt://127.0.0.1:${port}` });
  const until = performance.now() + within;
  try {
    while (performance.now() < until) {
      if (
        await graph.ping().then(
          () => true,
          // Whom it does not let in, it has answered.
          (fault: unknown) => /Security\./.test(causeOf(fault)),
        )
      )
        return true;
      if (identify(Number.parseInt(process, 10)) !== process) return false;
      await wait(150);
    }
    return false;
  } finally {
    await graph.close();
  }
}

/** Ends it in order; after 20 seconds, at once. */
async function end({ process: identity }: State): Promise<void> {
  const pid = Number.parseInt(identity, 10);
  const alive = () => identity !== '' && identify(pid) === identity;
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!alive()) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < 20_000 && alive(); waited += 100) await wait(100);
  }
}
