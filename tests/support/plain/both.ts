import { blueprint } from '../../../src/entities/blueprint';
import { reportRows } from '../rows';
import { generatedRows } from './generated';
import { World, type Row } from './world';

/** What was generated, for the graph; the report and it together, for plain loops. */
export function bothWorlds(): { readonly generated: Map<string, Row[]>; readonly world: World } {
  const generated = generatedRows(blueprint);
  const rows = new Map<string, Row[]>();
  const add = (dataset: string, source: string, part: ReadonlyMap<string, readonly Row[]>) => {
    for (const [noun, own] of part) {
      const known = rows.get(noun) ?? [];
      rows.set(noun, [...known, ...own.map((row) => ({ source, datasets: [dataset], ...row }))]);
    }
  };
  add('cloud100-2024', 'cloud100-2024', reportRows());
  add('generated', 'g-source-0', generated);
  return { generated, world: new World(blueprint, rows) };
}
