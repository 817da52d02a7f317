import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { commandOf, hasSetting, home, root } from '../product';

export type Name = 'off' | 'on' | 'peer' | 'floor' | 'limit';

/** How the contestants are called in tables. */
export const titles: Readonly<Record<Name, string>> = {
  off: 'ours, cache off',
  on: 'ours, cache on',
  peer: 'peer',
  floor: 'floor',
  limit: 'limit',
};

/** A contestant that runs, in a process of its own. */
export interface Contestant {
  readonly name: Name;
  readonly origin: string;
  readonly pid: number;
  end(): Promise<void>;
}

const program = (name: string): readonly string[] => [
  process.execPath,
  join(__dirname, `${name}.js`),
];

/** All clients come from one address here: what the product allows a caller at once and in an hour must not end the run. */
const oneCaller = { YUNTU_MAX_IN_FLIGHT: '64', YUNTU_MAX_COST_PER_HOUR: '1000000000000' };

const noCache: Readonly<Record<string, string>> = hasSetting('YUNTU_CACHE_SIZE')
  ? { YUNTU_CACHE_SIZE: '0' }
  : {};

/** What each is started with; nothing of the benchmark's own environment that is meant for the product goes along. */
function callOf(name: Name): {
  readonly command: readonly string[];
  readonly env: Record<string, string>;
} {
  switch (name) {
    case 'off':
      return { command: commandOf('start'), env: { ...oneCaller, ...noCache } };
    case 'on':
      return { command: commandOf('start'), env: oneCaller };
    case 'peer':
    case 'floor':
    case 'limit':
      return { command: program(name), env: {} };
  }
}

/**
 * Starts a contestant and waits until it takes connections.
 * @param more variables of its environment
 */
export async function start(
  name: Name,
  neo4j: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Contestant> {
  const port = await freePort();
  const { command, env } = callOf(name);
  const own = Object.fromEntries(
    Object.entries(process.env).filter(([variable]) => !/^(YUNTU_|NEO4J_|PORT$)/.test(variable)),
  );
  // A file takes what it says about each request; a pipe would cost the clients time.
  mkdirSync(home, { recursive: true });
  const file = join(home, `${name}.log`);
  const log = openSync(file, 'w');
  const child = spawn(command[0] as string, command.slice(1), {
    cwd: root,
    env: {
      ...own,
      NODE_ENV: 'production',
      NEO4J_URI: neo4j,
      HOST: '127.0.0.1',
      PORT: String(port),
      ...env,
      ...more,
    },
    stdio: ['ignore', 'ignore', log],
  });
  closeSync(log);
  await listens(name, child, port, () => readFileSync(file, 'utf8').slice(-4_000));
  return {
    name,
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid as number,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(hard);
    },
  };
}

async function listens(
  name: Name,
  child: ChildProcess,
  port: number,
  said: () => string,
): Promise<void> {
  for (let waited = 0; waited < 120_000; waited += 5) {
    if (child.exitCode !== null) throw new Error(`${titles[name]} ended at once:\n${said()}`);
    if (
      await fetch(`http://127.0.0.1:${port}/`).then(
        () => true,
        () => false,
      )
    )
      return;
    await wait(5);
  }
  child.kill('SIGKILL');
  throw new Error(`${titles[name]} did not come up:\n${said()}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
