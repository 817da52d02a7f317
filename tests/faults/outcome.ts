import { setTimeout as wait } from 'node:timers/promises';
import { Graph, type GraphAddress } from '../../src/graph/graph';
import { neo4jAnswers, type Stage } from './stage';
import { deadline, verdict, type Call } from './workload';

/** What came of a fault that befell the database while clients read and wrote. */
export interface Outcome {
  readonly calls: readonly Call[];
  /** Calls that failed. */
  readonly failed: number;
  /** The codes that they were told, of reads and of writes. */
  readonly codes: { readonly read: readonly string[]; readonly write: readonly string[] };
  /** Milliseconds by which the slowest call was later than its deadline; negative where none was late. */
  readonly late: number;
  /** Milliseconds from Neo4j's answering until the server is ready. */
  readonly ready: number;
  /** What the history check found wrong. */
  readonly wrong: readonly string[];
}

/** Milliseconds that a read has over HTTP, from end to end. */
const httpDeadline = 5_000;

export interface Fault {
  readonly name: string;
  /** Brings it about; resolves when it has lasted long enough. */
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
  /** Where Neo4j is asked whether it is back, and what it then holds. */
  readonly address: () => GraphAddress;
}

/** Lets a fault befall a database while clients read and write, and ends it again. */
export async function befall(stage: Stage, fault: Fault): Promise<Outcome> {
  const work = stage.work(fault.name);
  await wait(300);
  await fault.begin();
  await fault.end();
  await neo4jAnswers(fault.address());
  const ready = await stage.readyWithin();
  // That it is well again is to be seen in the last calls.
  await wait(500);
  await work.stop();
  const graph = new Graph(fault.address());
  try {
    return outcomeOf(work.calls, ready, await verdict(graph, work));
  } finally {
    await graph.close();
  }
}

/** Sums up calls. */
export function outcomeOf(
  calls: readonly Call[],
  ready: number,
  wrong: readonly string[],
): Outcome {
  const codes = (kind: Call['kind']) => [
    ...new Set(calls.flatMap((call) => (call.kind === kind && call.code ? [call.code] : []))),
  ];
  return {
    calls,
    failed: calls.filter(({ ok }) => !ok).length,
    codes: { read: codes('read').sort(), write: codes('write').sort() },
    late: Math.max(
      ...calls.map(
        ({ kind, milliseconds }) => milliseconds - (kind === 'read' ? httpDeadline : deadline),
      ),
    ),
    ready,
    wrong,
  };
}
