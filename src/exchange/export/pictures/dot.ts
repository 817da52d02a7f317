import type { Picture } from './picture';
import { printable } from '../xml';

function quoted(text: string): string {
  return `"${printable(text)
    .replace(/[\\"]/g, '\\$&')
    .replace(/\r?\n|\r/g, '\\n')}"`;
}

function attributes(values: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value == null ? [] : `${name}=${quoted(String(value))}`))
    .join(', ');
}

/** A picture in Graphviz's language; `neato -n2` draws it where it stands. */
export function dot({ nodes, edges }: Picture): string {
  const lines = [
    ...nodes.map(
      ({ id, label, labelZh, type, key, degree, x, y, color, group, size }) =>
        `  ${quoted(id)} [${attributes({ label, labelZh, type, key, degree, group, size, pos: `${x},${y}`, color, style: 'filled', fillcolor: color })}];\n`,
    ),
    ...edges.map(
      ({ id, source, target, label, labelZh, type, certainty, count }) =>
        `  ${quoted(source)} -> ${quoted(target)} [${attributes({ id, label, labelZh, type, certainty, count })}];\n`,
    ),
  ];
  return `digraph yuntu {\n${lines.join('')}}\n`;
}
