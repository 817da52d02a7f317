import type { Blueprint } from '../../blueprint';

/** Colours that are told apart by most eyes, also side by side on white. */
const palette = [
  '#2f6fde',
  '#e8833a',
  '#2a9d73',
  '#c2417c',
  '#8a5cd1',
  '#c9a227',
  '#3aa6c4',
  '#d1495b',
  '#6b8e23',
  '#7a6652',
  '#5f7285',
  '#e39ac0',
];

/** The colour of each noun: things first, so that no two of them that are often drawn share one. */
export function coloursOf(blueprint: Blueprint): ReadonlyMap<string, string> {
  const order = [...blueprint.nouns].sort(
    (a, b) => Number(b.interfaces.includes('Entity')) - Number(a.interfaces.includes('Entity')),
  );
  return new Map(order.map(({ name }, index) => [name, palette[index % palette.length] as string]));
}
