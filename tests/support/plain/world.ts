import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import type { Blueprint, Noun, RelationDef, Step } from '../../../src/blueprint';
import { createParts } from '../../../src/server';

export type Row = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** A node as a plain object: its noun, its row as it stands in a file, and what leads away from it and to it. */
export interface PlainNode {
  readonly noun: Noun;
  readonly key: string;
  readonly row: Row;
  readonly links: PlainLink[];
}

/** A relationship as a plain object. */
export interface PlainLink {
  readonly type: string;
  readonly from: PlainNode;
  readonly to: PlainNode;
  readonly edge: Row;
}

/** What stands at the far end of a relation, and the relationship that it begins with. */
export interface Far {
  readonly node: PlainNode;
  readonly edge: Row;
}

/**
 * Rows held in memory as nodes and links, walked by plain loops. It knows of the blueprint which fields and relations
 * there are and along which types a relation leads; of the planner it knows nothing.
 */
export class World {
  readonly nodes: PlainNode[] = [];
  readonly #byId = new Map<string, PlainNode>();
  readonly #far = new Map<string, readonly Far[]>();
  /** In whose words questions are asked. */
  readonly schema: GraphQLSchema;

  constructor(
    readonly blueprint: Blueprint,
    rows: ReadonlyMap<string, readonly Row[]>,
  ) {
    this.schema = createParts(blueprint).schema;
    for (const [name, own] of rows) for (const row of own) this.#add(blueprint.get(name), row);
    for (const node of [...this.nodes]) {
      this.#link(node);
      this.#cite(node);
    }
  }

  #add(noun: Noun, row: Row): PlainNode {
    const node = { noun, key: row.key as string, row, links: [] };
    this.nodes.push(node);
    this.#byId.set(`${noun.name}:${node.key}`, node);
    return node;
  }

  #link(node: PlainNode): void {
    for (const relation of node.noun.relations.values()) {
      const given: unknown = node.row[relation.name];
      if (!relation.writes || relation.plain || given == null) continue;
      for (const one of (Array.isArray(given) ? given : [given]) as (string | Row)[]) {
        const { to, citations: _, ...edge } = typeof one === 'string' ? ({ to: one } as Row) : one;
        const target = this.#named(relation, to as string);
        const said = relation.claim ? { certainty: 'STATED', ...edge } : edge;
        this.#tie(relation.writes, node, target, said);
      }
    }
  }

  /** Ties a node to its citations; the same words on the same page of the same source are one. */
  #cite(node: PlainNode): void {
    for (const given of (node.row.citations ?? []) as Row[]) {
      const { page = null, quote = null, source = node.row.source as string, via = [] } = given;
      const printed: unknown = given.asPrinted ?? null;
      const asPrinted =
        printed === null || typeof printed === 'string' ? printed : JSON.stringify(printed);
      const said = { page, quote, asPrinted, source, via } as Row;
      const key = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 24);
      let citation = this.#byId.get(`Citation:${key}`);
      if (!citation) {
        citation = this.#add(this.blueprint.get('Citation'), { key, page, quote, asPrinted });
        this.#tie('CITES', citation, this.#byId.get(`Source:${source}`) as PlainNode);
        for (const each of new Set(via as string[]))
          this.#tie('VIA', citation, this.#byId.get(`Source:${each}`) as PlainNode);
      }
      this.#tie('SUPPORTED_BY', node, citation);
    }
  }

  #tie(type: string, from: PlainNode, to: PlainNode, edge: Row = {}): void {
    const link = { type, from, to, edge };
    from.links.push(link);
    if (to !== from) to.links.push(link);
  }

  #named(relation: RelationDef, to: string): PlainNode {
    const found = this.#byId.get(to);
    if (found) return found;
    for (const noun of relation.among) {
      const node = this.#byId.get(`${noun.name}:${to}`);
      if (node) return node;
    }
    throw new Error(`${relation.owner}.${relation.name} leads to "${to}", which is nowhere.`);
  }

  /** Whether a node is of a noun or interface; a role is played by those that have what it brings. */
  is(node: PlainNode, noun: Noun): boolean {
    if (!noun.nouns.includes(node.noun)) return false;
    return (
      !noun.role ||
      node.links.some(
        (link) =>
          link.from === node &&
          [...noun.relations.values()].some(
            (each) => each.owner === noun.name && each.writes === link.type,
          ),
      )
    );
  }

  /** All nodes of a noun or interface. */
  all(noun: Noun): PlainNode[] {
    return this.nodes.filter((node) => this.is(node, noun));
  }

  /** What a relation leads to, each node once. */
  far(node: PlainNode, relation: RelationDef): readonly Far[] {
    const id = `${node.noun.name}:${node.key} ${relation.name}`;
    const known = this.#far.get(id);
    if (known) return known;
    let ends: { node: PlainNode; edge: Row | null }[] = [{ node, edge: null }];
    for (const step of relation.steps)
      ends = ends.flatMap((end) =>
        walk(end.node, step).map((next) => ({ node: next.node, edge: end.edge ?? next.edge })),
      );
    const once = new Map<PlainNode, Far>();
    for (const { node: to, edge } of ends)
      if (relation.among.includes(to.noun) && !once.has(to))
        once.set(to, { node: to, edge: edge ?? {} });
    const far = [...once.values()];
    this.#far.set(id, far);
    return far;
  }
}

/** One step: along links of its types, or up to so many of them to the nearest that fits. */
function walk(node: PlainNode, step: Step): Far[] {
  const fits = ({ row }: PlainNode) =>
    Object.entries(step.node ?? {}).every(([name, value]) => row[name] === value);
  const once = (from: PlainNode) =>
    from.links.flatMap((link): Far[] => {
      if (!step.types.includes(link.type)) return [];
      if (!Object.entries(step.edge ?? {}).every(([name, value]) => link.edge[name] === value))
        return [];
      if (link.from === from && step.direction !== 'in')
        return [{ node: link.to, edge: link.edge }];
      if (link.to === from && step.direction !== 'out')
        return [{ node: link.from, edge: link.edge }];
      return [];
    });
  if (!step.upTo) return once(node).filter((far) => fits(far.node));
  const found: Far[] = [];
  let level = [{ node, edge: {} as Row }];
  for (let n = 0; n <= step.upTo; n++) {
    found.push(...level.filter((far) => fits(far.node)));
    level = level.filter((far) => !fits(far.node)).flatMap((far) => once(far.node));
  }
  return found;
}
