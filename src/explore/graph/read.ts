import neo4j from 'neo4j-driver';
import type { Blueprint } from '../../blueprint';
import { Hops, type PictureShape } from '../../derive/picture/hops';
import {
  degreesStatement,
  hopStatement,
  hubLinesStatement,
  linesStatement,
  nodesStatement,
  reachStatement,
} from '../../derive/picture/statements';
import type { Context } from '../../query/execute';
import type { Name } from '../refer';
import type { Hub, NodeRow, OutRow, Sketch } from './sketch';

/** Neighbours that one node brings in at the most, unless it was asked for itself. */
export const cap = 60;
/** Relationships of all seeds that are looked at to choose their neighbours. */
const lookSeeds = 50_000;
/** Facts of one kind at one hub up to which it is looked where they lead. */
const factsWalked = 20_000;

/** Nodes with more relationships than this are counted, not walked: so many that the whole stays bounded. */
const hubFrom = (limit: number): number =>
  Math.max(200, Math.min(1_000, Math.floor(400_000 / limit)));

export interface Question extends Omit<PictureShape, 'datasets' | 'fromFacts'> {
  readonly seeds: readonly Name[];
  readonly depth: number;
  readonly limit: number;
  readonly datasets: readonly string[] | null;
  /** Whether it is asked what was left out. */
  readonly beyond: boolean;
}

/** Reads pictures; what is read of a node is bounded, so that no hub makes one slow. */
export class Reader {
  readonly #hops: Hops;
  readonly #hub: number;

  constructor(
    readonly context: Context,
    readonly blueprint: Blueprint,
    readonly question: Question,
  ) {
    const { relations, types, datasets, fold, seeds, limit } = question;
    const fromFacts = seeds.some(([noun]) => blueprint.all.get(noun)?.interfaces.includes('Fact'));
    this.#hops = new Hops(blueprint, {
      relations,
      types,
      datasets: datasets !== null,
      fold,
      fromFacts,
    });
    this.#hub = hubFrom(limit);
  }

  async read(): Promise<Sketch> {
    const { nodes, ...found } = await this.#nodes();
    if (!this.#hops.all.length || !nodes.length) return { ...found, nodes, outs: [], hubs: [] };
    const isHub = (node: NodeRow) => node[5] > this.#hub;
    const [hubs, others] = [nodes.filter(isHub), nodes.filter((node) => !isHub(node))];
    const { beyond } = this.question;
    const p = { nodes: numbers(others), drawn: numbers(nodes), hubs: numbers(hubs) };
    const [outs, among, reaches] = await Promise.all([
      this.#ask(linesStatement(this.#hops, beyond), p),
      hubs.length > 1 ? this.#ask(hubLinesStatement(this.#hops), { nodes: p.hubs }) : [],
      hubs.length && beyond ? this.#reaches(hubs) : [],
    ]);
    return { ...found, nodes, outs: [...outs, ...among] as OutRow[], hubs: reaches };
  }

  /** The seeds and what surrounds them, hop by hop. */
  async #nodes(): Promise<Pick<Sketch, 'seeds' | 'nodes' | 'sizes'>> {
    const { seeds, limit, depth } = this.question;
    const found = (await this.#ask(nodesStatement(this.blueprint), { nodes: seeds })) as NodeRow[];
    const nodes = found.slice(0, limit);
    const sizes = [nodes.length];
    const statement = hopStatement(this.#hops);
    let ring = nodes;
    for (let hop = 1; hop <= depth && this.#hops.all.length; hop++) {
      const room = limit - nodes.length;
      if (!room || !ring.length) break;
      const first = hop === 1;
      ring = (await this.#ask(statement, {
        nodes: numbers(ring),
        drawn: numbers(nodes),
        cap: neo4j.int(first ? limit : cap),
        look: neo4j.int(first ? Math.floor(lookSeeds / ring.length) : this.#hub),
        room: neo4j.int(room),
      })) as NodeRow[];
      nodes.push(...ring);
      sizes.push(ring.length);
    }
    return { seeds: found.length, nodes, sizes };
  }

  /** The degree says how far a relation reaches, unless facts are folded or lost, or not all may come in. */
  async #reaches(hubs: readonly NodeRow[]): Promise<Hub[]> {
    const { all, facts, shape } = this.#hops;
    const degrees = new Map(
      (await this.#ask(degreesStatement(this.#hops), { nodes: numbers(hubs) })) as [
        number,
        number[],
      ][],
    );
    const found = await Promise.all(
      all.map(async (relation, at): Promise<Hub[]> => {
        const count = ([id]: NodeRow) => degrees.get(id)?.[at] ?? 0;
        const plain = !facts.includes(relation) && !shape.types && !shape.datasets;
        const own = hubs.filter((hub) => count(hub) > 0);
        const walked = plain ? [] : own.filter((hub) => count(hub) <= factsWalked);
        const reached = new Map(
          (walked.length
            ? await this.#ask(reachStatement(this.#hops, relation), { nodes: numbers(walked) })
            : []) as [number, number][],
        );
        return own.map((hub) => ({
          id: hub[0],
          relation,
          count: reached.get(hub[0]) ?? count(hub),
          facts: !plain && !reached.has(hub[0]),
        }));
      }),
    );
    return found.flat();
  }

  async #ask(statement: string, p: object): Promise<readonly unknown[]> {
    const { request, engine } = this.context;
    request.statements++;
    const { datasets } = this.question;
    const { rows } = await engine.graph.read(
      statement,
      { ...p, datasets },
      { signal: request.signal },
    );
    return rows;
  }
}

const numbers = (nodes: readonly NodeRow[]) => nodes.map(([id]) => neo4j.int(id));
