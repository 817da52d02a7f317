/**
 * The first place of so many at which something holds, found by halving: from there on it must hold to the end.
 * @returns the length where it holds nowhere
 */
export function firstWhere(length: number, holds: (index: number) => boolean): number {
  let [from, to] = [0, length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
