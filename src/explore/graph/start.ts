import { hash } from 'node:crypto';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far from what it hangs on a node starts. */
const reach = 60;

/** A small generator of its own: Math.random would give another picture each time. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** Two numbers from 0 to 1 that follow from a text: where a node starts must depend on it alone. */
function fromText(text: string): [number, number] {
  const digest = hash('sha256', text, 'buffer');
  return [digest.readUInt32BE(0) / 2 ** 32, digest.readUInt32BE(4) / 2 ** 32];
}

/**
 * Where nodes start before forces move them: what is known stays, the first others stand around the middle, and the
 * rest each near the one through which it came in. A node more changes nothing for those that were there.
 */
export function startingPlaces(
  ids: readonly string[],
  edges: readonly (readonly [string, string])[],
  known: ReadonlyMap<string, Point>,
  seed: number,
): Map<string, Point> {
  const beside = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const [a, b] of edges) {
    beside.get(a)?.push(b);
    beside.get(b)?.push(a);
  }
  const places = new Map<string, Point>();
  const around = [...known.values()];
  const middle = {
    x: around.reduce((sum, { x }) => sum + x, 0) / Math.max(1, around.length),
    y: around.reduce((sum, { y }) => sum + y, 0) / Math.max(1, around.length),
  };
  const walk = (from: readonly string[]): void => {
    let ring = from;
    for (let hop = 0; ring.length; hop++) {
      const next: string[] = [];
      for (const id of ring)
        for (const other of beside.get(id) ?? [])
          if (!places.has(other)) {
            places.set(other, near(places.get(id) as Point, other, reach));
            next.push(other);
          }
      ring = next;
    }
  };
  for (const id of ids) {
    const at = known.get(id);
    if (at) places.set(id, at);
  }
  walk([...places.keys()]);
  for (const id of ids) {
    if (places.has(id)) continue;
    places.set(id, near(middle, id, 10 * reach));
    walk([id]);
  }
  return places;

  function near({ x, y }: Point, id: string, far: number): Point {
    const [turn, part] = fromText(`${seed} ${id}`);
    const angle = turn * 2 * Math.PI;
    const distance = far * (0.5 + part / 2);
    return { x: x + distance * Math.cos(angle), y: y + distance * Math.sin(angle) };
  }
}
