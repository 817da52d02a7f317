import type { Blueprint, Noun } from '../../blueprint';
import { storedNounBy } from '../../derive/hiding';
import * as journal from '../../derive/journal';
import { changeNodes } from '../../derive/statements';
import * as trust from '../../derive/trust';
import { Fault, quote } from '../../errors';
import type { Graph } from '../../graph/graph';
import { didYouMean } from '../../support/did-you-mean';
import type { EdgeKind } from '../load/edges';
import { difference, layersOf, ownersOf, stack, type Columns } from '../load/layers';
import { curated, takeWritersTurn } from '../load/hidden';
import { Moved } from '../load/moved';
import { isOne, settle } from '../load/settle';
import { changeStored, isAside, type EdgeChange } from '../load/stored-edges';
import { integerColumns, typed } from '../load/values';
import { batchDeadline } from './run';
import { kindOf } from './take-back';

/** What another order of trust changed. */
export interface Trusted {
  /** Datasets, the most trusted first. */
  readonly order: readonly string[];
  readonly nodes: number;
  readonly edges: number;
}

/**
 * Puts datasets into another order of trust: those named first, the others after them as they stood. What is shown of
 * things that several datasets speak of follows. May be killed and called again.
 * @throws Fault BAD_USER_INPUT where a dataset is not known, or named twice
 */
export async function trustInOrder(
  graph: Graph,
  blueprint: Blueprint,
  names: readonly string[],
): Promise<Trusted> {
  const before = (await graph.read(journal.datasets)).rows as string[];
  for (const [at, name] of names.entries()) {
    if (!before.includes(name))
      throw new Fault(
        'BAD_USER_INPUT',
        `${quote(name)} is no dataset of this graph.${didYouMean(name, before)}`,
      );
    if (name === curated)
      throw new Fault('BAD_USER_INPUT', 'Curators are believed before every dataset.');
    if (names.indexOf(name) < at)
      throw new Fault('BAD_USER_INPUT', `${quote(name)} is named twice.`);
  }
  const others = before.filter((name) => name !== curated && !names.includes(name));
  const own = [...names, ...others];
  await graph.write(async (run) => {
    await takeWritersTurn(run);
    await run(trust.writeOrder, { names: own });
  });
  const order = before.includes(curated) ? [curated, ...own] : own;
  const { nodes, kinds } = await ofSeveral(graph, blueprint);
  let [changedNodes, changedEdges] = [0, 0];
  for (const noun of nodes)
    changedNodes += await pages((after) => restackNodes(graph, noun, order, after));
  for (const kind of kinds)
    changedEdges += await pages((after) => restackEdges(graph, kind, order, after));
  return { order, nodes: changedNodes, edges: changedEdges };
}

/** The nouns and kinds of relationships of which several datasets speak, hidden ones among them. */
async function ofSeveral(
  graph: Graph,
  blueprint: Blueprint,
): Promise<{ nodes: readonly Noun[]; kinds: readonly EdgeKind[] }> {
  const nounOf = storedNounBy(blueprint);
  const options = { deadline: batchDeadline };
  const labels = (await graph.read(trust.labelsOfSeveral, {}, options)).rows as string[][];
  const kinds = (await graph.read(trust.kindsOfSeveral, {}, options)).rows as [
    string[],
    string,
    string[],
  ][];
  const found = new Map<string, EdgeKind>();
  for (const [a, type, b] of kinds) {
    const [from, to] = [nounOf(a), nounOf(b)];
    const kind = from && to && kindOf(from, type, to);
    if (kind) found.set(`${from.name} ${type} ${to.name}`, kind);
  }
  return {
    nodes: [...new Set(labels.flatMap((own) => nounOf(own) ?? []))],
    kinds: [...found.values()],
  };
}

/** What a page changed, and the key that it ended with; null where it was the last. */
type Page = readonly [changed: number, last: string | null];

async function pages(page: (after: string) => Promise<Page>): Promise<number> {
  let changed = 0;
  for (let after: string | null = ''; after !== null;) {
    const [own, last]: Page = await page(after);
    changed += own;
    after = last;
  }
  return changed;
}

function restackNodes(
  graph: Graph,
  noun: Noun,
  order: readonly string[],
  after: string,
): Promise<Page> {
  const owners = ownersOf(noun.properties.values());
  const integers = integerColumns(noun.properties.values());
  return graph.write(
    async (run) => {
      await takeWritersTurn(run);
      const stored = (await run(trust.nodesOfSeveral(noun), { after })) as [string, Columns][];
      const rows = stored.flatMap(([key, now]) => {
        const set = difference(stack(layersOf(now).layers, order, owners, true), now);
        return set ? [{ key, set: typed(set, integers) }] : [];
      });
      if (rows.length) await run(changeNodes(noun), { rows });
      return [rows.length, stored.at(-1)?.[0] ?? null];
    },
    { deadline: batchDeadline },
  );
}

function restackEdges(
  graph: Graph,
  kind: EdgeKind,
  order: readonly string[],
  after: string,
): Promise<Page> {
  const { from, relation, to } = kind;
  const owners = ownersOf(relation.edge);
  const integers = integerColumns(relation.edge);
  return graph.write(
    async (run) => {
      await takeWritersTurn(run);
      const stored = (await run(trust.edgesOfSeveral(from, relation.writes, to), { after })) as [
        string,
        string,
        Columns,
      ][];
      const changes = stored.flatMap(([a, b, now]): EdgeChange[] => {
        const set = difference(stack(layersOf(now).layers, order, owners, false), now);
        return set ? [{ from: a, to: b, set: typed(set, integers), aside: isAside(now) }] : [];
      });
      await changeStored(run, kind, changes);
      const merged = stored.length > 0 && (await Moved.in(run).any());
      if (merged && (isOne(from, relation.writes, 'out') || isOne(to, relation.writes, 'in')))
        await settle(
          { run, preference: order },
          kind,
          stored.map(([a, b]) => [a, b] as const),
        );
      return [changes.length, stored.at(-1)?.[0] ?? null];
    },
    { deadline: batchDeadline },
  );
}
