import type { CheckedRow } from '../check/row';
import type { Edge } from '../check/whole';
import { writeCitations, writeSupport } from './citations';
import { batches, grouped, type Run, type Writing } from './context';
import { writeEdges, type EdgeKind } from './edges';
import { hiddenNodes, hiddenWays } from './hidden';
import { writeNodes } from './nodes';

/**
 * Writes checked rows: nodes by noun, citations, relationships by type. What is there already is left alone, and so is
 * what curators have hidden.
 */
export async function writeRows(
  writing: Writing,
  allRows: readonly CheckedRow[],
  allEdges: readonly Edge[],
): Promise<void> {
  const { rows, edges } = writing.curated
    ? await shown(writing.run, allRows, allEdges)
    : { rows: allRows, edges: allEdges };
  const nouns = grouped(rows, (row) => row.noun);
  for (const [noun, own] of nouns)
    for (const part of batches(own)) await writeNodes(writing, noun, part);
  const cited = [
    ...rows.flatMap((row) => row.citations),
    ...edges.flatMap(({ link }) => link.citations),
  ];
  for (const part of batches(cited)) await writeCitations(writing, part);
  for (const [noun, own] of nouns)
    for (const part of batches(own)) await writeSupport(writing, noun, part.map(tied));
  const kinds = grouped(
    edges,
    ({ from, link, to }) => `${from.noun.name} ${link.relation.writes} ${to.noun.name}`,
  );
  for (const own of kinds.values())
    for (const part of batches(own))
      await writeEdges(writing, kindOf(part[0] as Edge), part.map(edgeWrite));
}

async function shown(run: Run, rows: readonly CheckedRow[], edges: readonly Edge[]) {
  const nodes = await hiddenNodes(run, rows);
  const has = ({ noun, key }: Edge['from']): boolean => nodes.has(`${noun.name}:${key}`);
  const ways = edges
    .filter(({ from, to }) => !has(from) && !has(to))
    .map((edge) => ({ ...edge, relation: edge.link.relation }));
  const hidden = await hiddenWays(run, ways);
  return {
    rows: rows.filter((row) => !has(row)),
    edges: ways.filter((way) => !hidden.has(way)),
  };
}

const tied = ({ key, citations }: CheckedRow) => ({
  key,
  citations: citations.map((each) => each.key),
});

function kindOf({ from, link, to }: Edge): EdgeKind {
  return { from: from.noun, relation: link.relation as EdgeKind['relation'], to: to.noun };
}

function edgeWrite({ from, to, link }: Edge) {
  const citations = link.citations.map(({ key }) => key);
  return {
    from: from.key,
    to: to.key,
    columns: { ...link.edge, ...(citations.length ? { citations } : {}) },
  };
}
