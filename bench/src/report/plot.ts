import { titles, type Name } from '../contestants/contestant';
import { median } from '../measure/statistics';
import type { Loaded } from '../parts/part';
import { round } from './verdicts';

/** Colours that differ in lightness too, so that the plot can be read without them. */
const colours: Readonly<Record<Name, string>> = {
  limit: '#c9c9c9',
  on: '#0b4f8a',
  off: '#3d93d6',
  floor: '#f0b94f',
  peer: '#b5533c',
};
const order = Object.keys(colours) as Name[];

const bar = 13;
const left = 60;
const wide = 640;
const font = 'font-family="sans-serif"';

/** Requests a second at 16 clients by work and contestant, as bars on a logarithmic scale: an SVG. */
export function plot(all: readonly Loaded[]): string {
  const values = all.flatMap(({ rounds }) =>
    Object.values(rounds).map((own) => median(own.map((each) => each.perSecond))),
  );
  const low = Math.floor(Math.log10(Math.min(...values, 1_000)));
  const high = Math.ceil(Math.log10(Math.max(...values, 1_000)));
  const x = (value: number) => left + ((Math.log10(value) - low) / (high - low)) * wide;
  const parts: string[] = [];
  let y = 56;
  for (const { name, rounds } of all) {
    const shown = order.filter((each) => rounds[each]?.length);
    parts.push(text(left - 8, y + (shown.length * bar) / 2 + 4, name, 'end', 13, 'bold'));
    for (const each of shown) {
      const own = (rounds[each] ?? []).map(({ perSecond }) => perSecond);
      const middle = median(own);
      parts.push(
        `<rect x="${left}" y="${y}" width="${(x(middle) - left).toFixed(1)}" height="${bar - 2}" fill="${colours[each]}"/>`,
        // From the least to the most of the rounds.
        `<line x1="${x(Math.min(...own)).toFixed(1)}" x2="${x(Math.max(...own)).toFixed(1)}" y1="${y + bar / 2 - 1}" y2="${y + bar / 2 - 1}" stroke="#222" stroke-width="1"/>`,
        text(x(Math.max(...own)) + 5, y + bar - 4, round(middle), 'start', 10),
      );
      y += bar;
    }
    y += 10;
  }
  const grid: string[] = [];
  for (let power = low; power <= high; power++) {
    const at = x(10 ** power).toFixed(1);
    grid.push(
      `<line x1="${at}" x2="${at}" y1="48" y2="${y - 4}" stroke="#ddd"/>`,
      text(Number(at), y + 10, (10 ** power).toLocaleString('en-GB'), 'middle', 10),
    );
  }
  const legend = order.map((each, at) => {
    const from = left + at * 130;
    return `<rect x="${from}" y="26" width="12" height="12" fill="${colours[each]}"/>${text(from + 17, 36, titles[each], 'start', 12)}`;
  });
  const size = `width="${left + wide + 70}" height="${y + 20}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${left + wide + 70} ${y + 20}">
<rect width="100%" height="100%" fill="#fff"/>
${text(left, 16, 'Requests a second at 16 clients, on a logarithmic scale; the thin line spans the rounds', 'start', 13)}
${[...legend, ...grid, ...parts].join('\n')}
</svg>
`;
}

function text(
  x: number,
  y: number,
  content: string,
  anchor: 'start' | 'middle' | 'end',
  size: number,
  weight = 'normal',
): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${font} font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="#222">${content}</text>`;
}
