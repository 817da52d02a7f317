import { asText } from '../../support/as-text';
import { eachOf } from '../source/unfold';
import { at, compileCell, type Cells } from './cell';
import type { CellCompiler, Path } from './cell-compiler';
import type { FileSpec } from './schema';

/** Which rows of a file are passed over: those that `skip` names, and those without an item of the list `each`. */
export function compileSkips(
  compiler: CellCompiler,
  spec: FileSpec,
  path: Path,
): (cells: Cells) => boolean {
  const tests = (spec.skip ?? []).map(({ column, is, isNot, matches, empty }, index) => {
    const yes = is === undefined ? null : new Set([is].flat());
    const no = isNot === undefined ? null : new Set([isNot].flat());
    let form: RegExp | null = null;
    if (matches !== undefined)
      try {
        form = new RegExp(matches, 'u');
      } catch (error) {
        compiler.tell([...path, 'skip', index, 'matches'], `${(error as Error).message}.`);
      }
    if (!yes && !no && matches === undefined && empty === undefined)
      compiler.tell([...path, 'skip', index], 'says when: is, isNot, matches or empty.');
    const read = at(column);
    return (cells: Cells) => {
      const text = asText(read(cells)).trim();
      return (
        Boolean(yes?.has(text)) ||
        Boolean(no && !no.has(text)) ||
        Boolean(form?.test(text)) ||
        (empty !== undefined && empty === (text === ''))
      );
    };
  });
  // A row without any item of the list whose items are loaded makes none of them.
  const item =
    spec.each === undefined ? null : compileCell(eachOf(spec.each).column, compiler.unknown);
  if (item) tests.push((cells) => item.read(cells, () => undefined) === null);
  return (cells) => tests.some((test) => test(cells));
}
