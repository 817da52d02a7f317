import { setTimeout as wait } from 'node:timers/promises';
import type { Graph } from '../../src/graph/graph';

/** What became of one call. */
export interface Call {
  readonly kind: 'read' | 'write';
  readonly id: string;
  readonly ok: boolean;
  /** The code of the fault, where it failed. */
  readonly code?: string;
  readonly milliseconds: number;
}

/** Milliseconds that a call of the workload may take. */
export const deadline = 4_000;

const write = `MERGE (a:Trial {key: $p.id}) MERGE (b:Trial {key: $p.id + '/other'})
MERGE (a)-[r:TRIED]->(b) SET r.by = $p.id`;

/** Clients that read and write until they are told to stop; what each call came to is kept. */
export class Workload {
  readonly calls: Call[] = [];
  #going = true;
  readonly #clients: Promise<void>[] = [];

  constructor(
    readonly graph: Graph,
    readonly name: string,
    readonly read: () => Promise<unknown>,
    clients = 3,
  ) {
    for (let index = 0; index < clients; index++) {
      this.#clients.push(this.#client('write', index), this.#client('read', index));
    }
  }

  async #client(kind: Call['kind'], index: number): Promise<void> {
    for (let at = 0; this.#going; at++) {
      const { ok } = await this.once(kind, `${this.name}-${index}-${at}`);
      // Refused at once, thousands of calls would keep the processor from whoever is to come back.
      await wait(ok ? 5 : 50);
    }
  }

  /** One call, kept like those of the clients. */
  async once(kind: Call['kind'], id: string): Promise<Call> {
    const begun = performance.now();
    const work =
      kind === 'read'
        ? this.read()
        : // Several statements, so that half of it could be there.
          this.graph.write(
            async (run) => {
              await run('MERGE (a:Trial {key: $p.id}) SET a.half = true', { id });
              await run(write, { id });
            },
            { deadline },
          );
    const outcome = await work.then(
      () => ({ ok: true }),
      (error: { code?: string }) => ({ ok: false, code: error.code ?? 'UNKNOWN' }),
    );
    const call = { kind, id, ...outcome, milliseconds: performance.now() - begun };
    this.calls.push(call);
    return call;
  }

  async stop(): Promise<void> {
    this.#going = false;
    await Promise.all(this.#clients);
  }

  get worst(): number {
    return Math.max(0, ...this.calls.map((call) => call.milliseconds));
  }
}

/** What is wrong with what the database holds, against what was acknowledged. */
export async function verdict(graph: Graph, { calls, name }: Workload): Promise<string[]> {
  const { rows } = await graph.read(
    `MATCH (a:Trial) WHERE a.key STARTS WITH $p.name AND NOT a.key ENDS WITH '/other'
     WITH a.key AS key, count(a) AS times, sum(COUNT { (a)-[:TRIED {by: a.key}]->(:Trial {key: a.key + '/other'}) }) AS wholes
     RETURN [key, times, wholes] AS row`,
    { name: `${name}-` },
    { deadline: 20_000 },
  );
  const there = new Map(
    (rows as [string, number, number][]).map(([key, times, wholes]) => [key, { times, wholes }]),
  );
  const wrong: string[] = [];
  for (const { kind, id, ok } of calls) {
    if (kind !== 'write') continue;
    const found = there.get(id);
    if (ok && !found) wrong.push(`${id} was acknowledged and is not there`);
    if (found && found.times !== 1) wrong.push(`${id} is there ${found.times} times`);
    if (found && found.wholes !== 1) wrong.push(`${id} is there, but not wholly`);
  }
  return wrong;
}
