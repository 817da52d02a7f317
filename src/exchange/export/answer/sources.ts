import { readDatasets, readSources } from '../../../derive/export-statements';
import type { Graph } from '../../../graph/graph';
import type { DatasetRecord } from '../items';

/** Where an answer comes from: the datasets that speak of what it holds, and their sources with licences. */
export interface Provenance {
  readonly datasets: readonly DatasetRecord[];
  readonly sources: readonly Readonly<Record<string, unknown>>[];
}

/**
 * The provenance of what some datasets say.
 * @param names none where the answer names no node, such as sums: then all there are
 */
export async function provenanceOf(graph: Graph, names: ReadonlySet<string>): Promise<Provenance> {
  const all = (await graph.read(readDatasets)).rows as readonly DatasetRecord[];
  const datasets = names.size ? all.filter(({ name }) => names.has(name)) : all;
  const p = { datasets: datasets.map(({ name }) => name) };
  const { rows } = await graph.read(readSources, p, { deadline: 30_000 });
  return { datasets, sources: rows as Provenance['sources'] };
}
