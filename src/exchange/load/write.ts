import type { CheckedRow } from '../check/row';
import type { Edge } from '../check/whole';
import { writeCitations, writeSupport } from './citations';
import { batches, grouped, type Writing } from './context';
import { writeEdges, type EdgeKind } from './edges';
import { writeNodes } from './nodes';

/** Writes checked rows: nodes by noun, citations, relationships by type. What is there already is left alone. */
export async function writeRows(
  writing: Writing,
  rows: readonly CheckedRow[],
  edges: readonly Edge[],
): Promise<void> {
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
