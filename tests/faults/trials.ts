import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import neo4j, { type Driver } from 'neo4j-driver';
import type { GraphAddress } from '../../src/graph/graph';
import { BoltProxy } from './bolt-proxy';
import type { MessageFault } from './message-faults';
import { befall, type Fault, type Outcome } from './outcome';
import type { ClockOutcome } from './clock-trial';
import { ShiftedClock } from './shifted-clock';
import { SmallDisk } from './small-disk';
import { neo4jAnswers, Stage } from './stage';
import { Victim } from './victim';

const password = 'kept-in-mind';
const poolSize = 8;

/** Small files, so that the store fits on a small disk; whoever asks must sign in. */
const settings = {
  'dbms.security.auth_enabled': 'true',
  'db.tx_log.preallocate': 'false',
  'db.tx_log.rotation.size': '1m',
} as const;

/** Where no call may fail: a change has so many statements that on a busy machine its deadline passes. */
const noCurators = { send: undefined };

export interface OnTheWay extends Outcome {
  /** Kinds of messages to which it happened. */
  readonly kinds: number;
}

/** Faults of a Neo4j of its own, one after the other; between the server and it stands a proxy. */
export class Trials {
  private constructor(
    readonly home: string,
    /** Or why none can be mounted here. */
    readonly disk: SmallDisk | string,
    /** The time of day that Neo4j sees; or why it cannot be set. */
    readonly clock: ShiftedClock | string,
    readonly victim: Victim,
    readonly proxy: BoltProxy,
    readonly stage: Stage,
  ) {}

  static async open(): Promise<Trials> {
    const home = mkdtempSync(join(tmpdir(), 'yuntu-trials-'));
    mkdirSync(join(home, 'data'));
    const disk = SmallDisk.mount(join(home, 'data'));
    const clock = ShiftedClock.open(home);
    // A process that is begun takes over what stands here.
    const env = typeof clock === 'string' ? {} : clock.env;
    Object.assign(process.env, env);
    const victim = await Victim.open(home, settings);
    for (const name of Object.keys(env)) delete process.env[name];
    await asNeo4j(victim.uri, 'neo4j', (driver) =>
      driver.executeQuery(
        `ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password`,
        { password },
        { database: 'system' },
      ),
    );
    const proxy = await BoltProxy.open(victim.uri);
    const address = { uri: proxy.uri, user: 'neo4j', password };
    const stage = await Stage.open(address, { poolSize });
    return new Trials(home, disk, clock, victim, proxy, stage);
  }

  /** How Neo4j is reached without the proxy. */
  readonly address = (): GraphAddress => ({ uri: this.victim.uri, user: 'neo4j', password });

  /** Something is done to messages between the server and the database for some seconds. */
  async onTheWay({
    name,
    begin,
    delay = 0,
    atLeast = 1,
    again = false,
  }: MessageFault): Promise<OnTheWay> {
    const { stage, address, proxy } = this;
    const kinds = new Set<string>();
    const outcome = await befall(stage, {
      name,
      address,
      clients: delay ? noCurators : {},
      begin: async ({ calls, intents }) => {
        const verdict = begin();
        proxy.delay = delay;
        proxy.verdict = (message) => {
          const done = verdict(message);
          if (done !== 'pass' || delay) kinds.add(`${message.from} ${message.tag}`);
          return done;
        };
        await wait(4_000);
        // On a busy machine some kinds of messages are long in coming, and what fails for all the driver's tries.
        const felt = () =>
          delay > 0 ||
          (calls.some(({ ok }) => !ok) && (!again || intents.some(({ sent }) => sent > 1)));
        for (let more = 0; more < 64 && !(kinds.size >= atLeast && felt()); more++) await wait(250);
      },
      end: async () => proxy.mend(),
    });
    return { ...outcome, kinds: kinds.size };
  }

  /** As many statements as there are connections wait for a lock. */
  async poolExhausted(): Promise<Outcome> {
    const { stage, address } = this;
    const id = 'pool-lock';
    const driver = neo4j.driver(this.victim.uri, neo4j.auth.basic('neo4j', password));
    const holder = driver.session({ database: 'neo4j' }).beginTransaction();
    await holder.run('MERGE (n:Trial {key: $id}) SET n.held = true', { id });
    let waiting: Promise<unknown>[] = [];
    const outcome = await befall(stage, {
      name: 'pool',
      address,
      begin: async () => {
        waiting = Array.from({ length: poolSize }, () =>
          stage.graph.write((run) =>
            run('MERGE (n:Trial {key: $p.id}) SET n.held = false', { id }),
          ),
        );
        // Until somebody has waited for a connection in vain.
        for (let refused = false; !refused;)
          refused = await stage.ask().then(
            () => false,
            () => true,
          );
        await wait(500);
      },
      end: () => holder.rollback(),
    });
    await Promise.all(waiting);
    await driver.close();
    return outcome;
  }

  /** Somebody changes the password, and all connections are lost. */
  async wrongPassword(): Promise<Outcome & { readonly why: string | undefined }> {
    const { stage, address, proxy } = this;
    let why: string | undefined;
    const change = (driver: Driver, to: string) =>
      driver.executeQuery(
        'ALTER USER neo4j SET PASSWORD $to CHANGE NOT REQUIRED',
        { to },
        { database: 'system' },
      );
    const outcome = await asNeo4j(this.victim.uri, password, (driver) =>
      befall(stage, {
        name: 'password',
        address,
        begin: async () => {
          await change(driver, 'somebody-elses');
          proxy.cut();
          await wait(2_500);
          ({ why } = await stage.readiness());
        },
        end: async () => void (await change(driver, password)),
      }),
    );
    return { ...outcome, why };
  }

  /** A constraint is dropped. */
  async missingConstraint(): Promise<Outcome & { readonly missing: readonly string[] }> {
    let missing: readonly string[] = [];
    const outcome = await befall(this.stage, {
      name: 'constraint',
      address: this.address,
      clients: noCurators,
      begin: async () => {
        await this.stage.graph.schema('DROP CONSTRAINT company_key');
        for (let at = 0; at < 200 && !missing.length; at++) {
          await wait(25);
          ({ missing = [] } = await this.stage.readiness());
        }
      },
      end: () => Promise.resolve(),
    });
    return { ...outcome, missing };
  }

  /** Neo4j is killed, and started again. */
  killed(): Promise<Outcome> {
    return befall(this.stage, {
      name: 'killed',
      address: this.address,
      begin: () => this.victim.signal('SIGKILL'),
      end: () => this.victim.revive(),
    });
  }

  /** Neo4j stands still for longer than the deadline. */
  stopped(): Promise<Outcome> {
    return befall(this.stage, { name: 'stopped', ...this.#standstill(5_500) });
  }

  /** Neo4j stands still below a server that keeps answers; its callers ask for what it keeps, and nobody changes it. */
  async stoppedUnderCache(): Promise<Outcome & { readonly hits: number }> {
    const address = { ...this.address(), uri: this.proxy.uri };
    const stage = await Stage.open(address, { poolSize, cacheSize: 8 });
    let hits = 0;
    const read = async (): Promise<void> => {
      if ((await stage.askAgain()) === 'hit') hits++;
    };
    try {
      const clients = { read, writers: 0 };
      // Beyond the second for which an answer is not doubted, the two for which the database is asked, and its deadline.
      const fault = this.#standstill(8_000);
      const outcome = await befall(stage, { name: 'stopped-cache', clients, ...fault });
      return { ...outcome, hits };
    } finally {
      await stage.close();
    }
  }

  #standstill(milliseconds: number): Pick<Fault, 'address' | 'begin' | 'end'> {
    return {
      address: this.address,
      begin: async () => {
        await this.victim.signal('SIGSTOP');
        await wait(milliseconds);
      },
      end: () => this.victim.signal('SIGCONT'),
    };
  }

  /** The clocks of Neo4j and of a server are a day ahead, then a day behind, then right again. */
  async clockOff(clock: ShiftedClock): Promise<ClockOutcome> {
    const child = fork(join(__dirname, 'clock-trial.ts'), {
      execArgv: ['-r', '@swc-node/register'],
      env: {
        ...process.env,
        ...clock.env,
        ...{ TRIAL_URI: this.victim.uri, TRIAL_PASSWORD: password },
      },
    });
    const [outcome] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`The server with the shifted clock ended with ${code as number}.`);
      }),
    ])) as [ClockOutcome];
    return outcome;
  }

  /** The database is started again so that it takes no changes, and then so that it does. */
  async readOnly(): Promise<Outcome & { readonly readable: boolean }> {
    let readable = false;
    const outcome = await befall(this.stage, {
      name: 'read-only',
      address: this.address,
      begin: async () => {
        await this.victim.restart({ ...settings, 'server.databases.read_only': 'neo4j' });
        await neo4jAnswers(this.address());
        await this.stage.readyWithin();
        const from = this.stage.graph.statements;
        await wait(1_000);
        readable = this.stage.graph.breaker.state === 'closed';
        await this.stage.ask();
        readable &&= this.stage.graph.statements > from;
      },
      end: () => this.victim.restart(settings),
    });
    return { ...outcome, readable };
  }

  /** The store's disk is full until somebody makes room and starts Neo4j again. */
  async diskFull(disk: SmallDisk): Promise<Outcome & { readonly why: string | undefined }> {
    let why: string | undefined;
    const outcome = await befall(this.stage, {
      name: 'disk',
      address: this.address,
      begin: async () => {
        disk.fill();
        // Until Neo4j itself says so: on a machine that is busy it takes longer to come to that.
        for (let at = 0; at < 150 && !why?.startsWith('Neo.'); at++) {
          await wait(100);
          ({ why } = await this.stage.readiness());
        }
        await wait(1_000);
      },
      end: async () => {
        disk.free();
        await this.victim.signal('SIGKILL');
        await this.victim.revive();
      },
    });
    return { ...outcome, why };
  }

  /** Ends it; gives what Neo4j's own consistency check finds wrong with the store after all of it. */
  async close(): Promise<readonly string[]> {
    await this.stage.close();
    await this.proxy.close();
    await this.victim.close();
    try {
      return await this.victim.check();
    } finally {
      if (typeof this.disk !== 'string') this.disk.unmount();
      await rm(this.home, { recursive: true });
    }
  }
}

async function asNeo4j<T>(
  uri: string,
  secret: string,
  work: (driver: Driver) => Promise<T>,
): Promise<T> {
  const driver = neo4j.driver(uri, neo4j.auth.basic('neo4j', secret));
  try {
    return await work(driver);
  } finally {
    await driver.close();
  }
}
