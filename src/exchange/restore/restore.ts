import type { Blueprint, Noun } from '../../blueprint';
import * as journal from '../../derive/journal';
import { enterCurated } from '../../derive/operations';
import { anythingThere, writeRecords } from '../../derive/restore-statements';
import { Fault } from '../../errors';
import type { Graph } from '../../graph/graph';
import type { RecordItem } from '../export/items';
import { batchDeadline } from '../journal/run';
import { batchSize, grouped, type Run } from '../load/context';
import type { EdgeKind } from '../load/edges';
import { curated, takeWritersTurn } from '../load/hidden';
import { typed } from '../load/values';
import { Tally } from '../tally';
import { linesOf } from './lines';
import { readLine, type EdgeLine, type NodeLine, type Said } from './read-line';
import { survey } from './survey';
import { restoreEdges, restoreNodes, type Restoring } from './write';

export interface RestoreOptions {
  /** Adds to a graph that holds something already; what each dataset says becomes the file's word. */
  readonly merge?: boolean;
  readonly progress?: (done: number, lines: number) => void;
}

/**
 * Restores an export as JSON Lines: into an empty graph it makes the very same one. The file is read through first, and
 * nothing is written where a line is faulty. May be killed and, with `merge`, called again; what is there already is not
 * written twice.
 * @param path a .jsonl, or a .jsonl.gz
 * @throws LoadFaults with file and line; Fault CONFLICT where the graph is not empty
 */
export async function restoreGraph(
  graph: Graph,
  blueprint: Blueprint,
  path: string,
  { merge = false, progress = () => {} }: RestoreOptions = {},
): Promise<Tally> {
  if (!merge && (await graph.read(anythingThere)).rows[0])
    throw new Fault(
      'CONFLICT',
      'The graph is not empty. Restore into an empty one (YUNTU_HOME names another), or say --merge: to add what the file holds to what is there, or to go on with a restore that was ended early.',
    );
  const lines = await survey(blueprint, path);
  const restore = new Restore(graph, blueprint);
  let done = 0;
  for await (const part of linesOf(path)) {
    for (const { text } of part) {
      const said = readLine(blueprint, text, (message) => {
        throw new Fault('CONFLICT', `${path} was changed while it was read: ${message}`);
      });
      if (said) await restore.take(said);
    }
    progress((done += part.length), lines);
  }
  await restore.flush();
  return restore.tally;
}

/** Gathers lines until they are worth a transaction. */
class Restore {
  readonly tally = new Tally();
  #preference: readonly string[] | undefined;
  #records: RecordItem[] = [];
  #nodes: NodeLine[] = [];
  readonly #edges = new Map<string, EdgeLine[]>();

  constructor(
    readonly graph: Graph,
    readonly blueprint: Blueprint,
  ) {}

  async take(said: Said): Promise<void> {
    if (said.kind === 'dataset')
      await this.#commit((run) =>
        run(said.name === curated ? enterCurated : journal.enterDataset, {
          name: said.name,
          title: said.title,
          at: said.since,
        }),
      );
    else if (said.kind === 'record') {
      this.#records.push(said);
      if (this.#records.length >= batchSize) await this.#flushRecords();
    } else if (said.kind === 'node') {
      // Nodes come by noun.
      const noun = this.#nodes[0]?.noun;
      if (noun && (noun !== said.noun || this.#nodes.length >= batchSize)) await this.#flushNodes();
      this.#nodes.push(said);
    } else if (said.kind === 'edge') {
      await this.#flushNodes();
      const { from, relation, to } = said.edge;
      const kind = [from.name, relation.writes, said.columns.aside, to.name].join(' ');
      const waiting = this.#edges.get(kind) ?? [];
      this.#edges.set(kind, waiting);
      waiting.push(said);
      if (waiting.length >= batchSize) await this.#flushEdges(kind);
    }
  }

  async flush(): Promise<void> {
    await this.#flushRecords();
    await this.#flushNodes();
    for (const kind of [...this.#edges.keys()]) await this.#flushEdges(kind);
  }

  async #flushRecords(): Promise<void> {
    const records = this.#records;
    this.#records = [];
    for (const [label, own] of grouped(records, (record) => record.label))
      await this.#commit((run) =>
        run(writeRecords(label), { rows: own.map(({ stored }) => whole(stored)) }),
      );
  }

  async #flushNodes(): Promise<void> {
    const lines = this.#nodes;
    this.#nodes = [];
    if (lines.length)
      await this.#write((restoring) => restoreNodes(restoring, lines[0]?.noun as Noun, lines));
  }

  async #flushEdges(kind: string): Promise<void> {
    const lines = this.#edges.get(kind) ?? [];
    this.#edges.delete(kind);
    if (lines.length)
      await this.#write((restoring) => restoreEdges(restoring, lines[0]?.edge as EdgeKind, lines));
  }

  /** One transaction; what it did counts once, however often the driver had to try. */
  async #write(work: (restoring: Restoring) => Promise<void>): Promise<void> {
    const { graph, blueprint } = this;
    // Datasets come before the first node.
    this.#preference ??= (await graph.read(journal.datasets)).rows as string[];
    const preference = this.#preference;
    const tally = await this.#commit(async (run) => {
      const own = new Tally();
      const turned = await takeWritersTurn(run);
      await work({ run, blueprint, preference, tally: own, curated: turned });
      return own;
    });
    this.tally.plus(tally);
  }

  #commit<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return this.graph.write(work, { deadline: batchDeadline });
  }
}

/** A record as the driver takes it: whole numbers are such. */
const whole = (stored: RecordItem['stored']): Record<string, unknown> =>
  typed(stored, new Set(Object.keys(stored).filter((name) => Number.isInteger(stored[name]))));
