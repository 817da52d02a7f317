import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '../../src/config';
import { openLocal, type LocalNeo4j } from '../../src/graph/local/server';
import { faultsOfStore } from './consistency';

const quiet = (): void => {};

/** A Neo4j of a trial's own, to be killed, stopped and started again at the same address. */
export class Victim {
  #neo4j: LocalNeo4j;
  #pid = 0;

  private constructor(
    readonly home: string,
    neo4j: LocalNeo4j,
    public settings: Readonly<Record<string, string>>,
  ) {
    this.#neo4j = neo4j;
  }

  static async open(
    home: string,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<Victim> {
    const victim = new Victim(home, await Victim.#start(home, settings), settings);
    await victim.#learnPid();
    return victim;
  }

  static #start(home: string, settings: Readonly<Record<string, string>>): Promise<LocalNeo4j> {
    const { home: jars, neo4jVersion: version } = readConfig({});
    return openLocal({
      home,
      jars,
      version,
      heap: '512m',
      settings,
      env: process.env,
      progress: quiet,
    });
  }

  async #learnPid(): Promise<void> {
    const { process: identity } = JSON.parse(
      await readFile(join(this.home, 'server.json'), 'utf8'),
    ) as { process: string };
    this.#pid = Number.parseInt(identity, 10);
  }

  get uri(): string {
    return this.#neo4j.uri;
  }

  /** Sends it a signal; waits until it is gone after SIGKILL, and until all of it stands still after SIGSTOP. */
  async signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    process.kill(this.#pid, name);
    // One thread is told first, and tells the others when it gets a processor.
    while (name === 'SIGSTOP' && !standsStill(this.#pid)) await wait(5);
    if (name !== 'SIGKILL') return;
    for (;;)
      try {
        process.kill(this.#pid, 0);
        await wait(20);
      } catch {
        return;
      }
  }

  /** Starts it again after it was killed. */
  async revive(): Promise<void> {
    const before = this.#neo4j;
    this.#neo4j = await Victim.#start(this.home, this.settings);
    // The note that this process uses it stands twice now.
    await before.close();
    await this.#learnPid();
  }

  /** Ends it in order and starts it again, with other settings. */
  async restart(settings: Readonly<Record<string, string>>): Promise<void> {
    await this.close();
    this.settings = settings;
    this.#neo4j = await Victim.#start(this.home, settings);
    await this.#learnPid();
  }

  close(): Promise<void> {
    return this.#neo4j.close();
  }

  /** What Neo4j's own consistency check finds wrong with the store of this server, which was closed. */
  check(): Promise<readonly string[]> {
    return faultsOfStore(this.home);
  }
}

/** Whether every thread of a process is stopped (`man 5 proc`, "state"); true where the system does not tell. */
function standsStill(pid: number): boolean {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return true;
  return readdirSync(tasks).every((task) =>
    /\) [tT] /.test(readFileSync(join(tasks, task, 'stat'), 'utf8')),
  );
}
