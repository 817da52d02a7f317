import { quote } from '../../errors';
import { FileFault } from './source';

/**
 * The names of a file's columns, if each is one.
 * @throws FileFault where two are the same; what a mapping would say instead goes with it
 */
export function checkedNames(names: string[], line: number): string[] {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new FileFault(
      `has two columns ${quote(twice)}; name its columns by \`header\`, instead of its line ${line} by \`headerLine: ${line}\`.`,
      line,
      { header: toldApart(names), headerLine: line },
    );
  if (names.includes('__proto__'))
    throw new FileFault('"__proto__" is no name for a column.', line);
  return names;
}

/** Each name once: the second of a name gets a number, and what has none its place. */
function toldApart(names: readonly string[]): string[] {
  const taken = new Set(names);
  return names.map((name, index) => {
    if (name !== '' && names.indexOf(name) === index) return name;
    const plain = name || 'column';
    let number = name ? 2 : index + 1;
    while (taken.has(`${plain} ${number}`)) number++;
    taken.add(`${plain} ${number}`);
    return `${plain} ${number}`;
  });
}

/** What is wrong where no names of columns stand at the line that was said. */
export const noHeaderLine = (said: number, lines: number): FileFault =>
  new FileFault(
    `has no names of columns from line ${said} on, where \`headerLine\` says they are; its last line is ${lines}.`,
    lines,
  );
