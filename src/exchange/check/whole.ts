import type { Noun } from '../../blueprint';
import { isTree } from '../../derive/trees';
import { didYouMean } from '../../support/did-you-mean';
import type { RowFault } from '../fault';
import type { CheckedRow, Link } from './row';

/** A relationship between two rows that exist. */
export interface Edge {
  readonly from: { readonly noun: Noun; readonly key: string };
  readonly to: { readonly noun: Noun; readonly key: string };
  readonly link: Link;
}

/**
 * Checks what only all rows together tell: keys are unique within a noun, references lead somewhere and to one thing,
 * to-one relations hold one, trees have no cycle.
 */
export function checkWhole(rows: readonly CheckedRow[], faults: RowFault[]): Edge[] {
  const keys = new Map<string, Map<string, CheckedRow>>();
  const complain = ({ raw }: CheckedRow, field: string, message: string) =>
    faults.push({ file: raw.file, line: raw.line, field, message });
  for (const row of rows) {
    const own = keys.get(row.noun.name) ?? new Map<string, CheckedRow>();
    keys.set(row.noun.name, own);
    const before = own.get(row.key);
    if (before)
      complain(row, 'key', `"${row.key}" stands at ${before.raw.file}:${before.raw.line} already.`);
    else own.set(row.key, row);
  }
  const sources = keys.get('Source');
  const edges: Edge[] = [];
  for (const row of rows) {
    for (const { source, via } of [
      ...row.citations,
      ...row.links.flatMap((link) => link.citations),
    ])
      for (const key of [source, ...via])
        if (!sources?.has(key))
          complain(
            row,
            'citations',
            `"${key}" is no Source.${didYouMean(key, sources?.keys() ?? [])}`,
          );
    for (const link of row.links) {
      const { nouns, key } = link.to;
      const found = nouns.filter((noun) => keys.get(noun.name)?.has(key));
      const [noun] = found;
      if (found.length > 1)
        complain(
          row,
          link.field,
          `"${key}" is several things: ${found.map((each) => each.name).join(', ')}. Write ${noun?.name}:${key}.`,
        );
      else if (noun)
        edges.push({ from: { noun: row.noun, key: row.key }, to: { noun, key }, link });
      else {
        const near = nouns.flatMap((each) => [...(keys.get(each.name)?.keys() ?? [])]);
        complain(
          row,
          link.field,
          `"${key}" is no ${link.relation.target.name}.${didYouMean(key, near)}`,
        );
      }
    }
  }
  checkOnes(edges, rows, faults);
  checkTrees(edges, rows, faults);
  return edges;
}

function checkOnes(edges: readonly Edge[], rows: readonly CheckedRow[], faults: RowFault[]): void {
  const seen = new Map<string, string>();
  for (const { from, to, link } of edges) {
    const back = [...to.noun.relations.values()].find(
      (each) =>
        each.one &&
        each.steps.length === 1 &&
        each.steps[0]?.direction === 'in' &&
        !each.steps[0].edge &&
        each.steps[0].types[0] === link.relation.writes,
    );
    if (!back) continue;
    const place = `${to.noun.name}:${to.key} ${back.name}`;
    const before = seen.get(place);
    if (before && before !== from.key) {
      const row = rows.find((each) => each.noun === from.noun && each.key === from.key);
      faults.push({
        file: row?.raw.file ?? '',
        line: row?.raw.line ?? 0,
        field: link.field,
        message: `${to.noun.name} "${to.key}" has one ${back.name}, "${before}", and gets another.`,
      });
    }
    seen.set(place, from.key);
  }
}

function checkTrees(edges: readonly Edge[], rows: readonly CheckedRow[], faults: RowFault[]): void {
  const inTrees = edges.filter(({ from, link }) => isTree(from.noun, link.relation));
  for (const type of new Set(inTrees.map(({ link }) => link.relation.writes as string))) {
    const up = new Map(
      inTrees
        .filter(({ link }) => link.relation.writes === type)
        .map(({ from, to }) => [`${from.noun.name}:${from.key}`, `${to.noun.name}:${to.key}`]),
    );
    for (const start of up.keys()) {
      const way = new Set([start]);
      for (let at = up.get(start); at; at = up.get(at)) {
        if (at === start) {
          const row = rows.find((each) => `${each.noun.name}:${each.key}` === start);
          faults.push({
            file: row?.raw.file ?? '',
            line: row?.raw.line ?? 0,
            field: type,
            message: `leads back to itself: ${[...way].join(' -> ')}.`,
          });
        }
        if (way.has(at)) break;
        way.add(at);
      }
    }
  }
}
