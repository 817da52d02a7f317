import { openGraph, type OpenGraph, type Size } from '../data/graphs';
import { say } from '../say';
import type { Setting } from './part';

/**
 * The graphs that cost is held against, one after the other; each but the first is closed when the next is asked for.
 * @param name what is measured, for whoever waits
 */
export async function* bySize(
  name: string,
  { mode, graph: open }: Setting,
): AsyncGenerator<{ readonly size: Size; readonly graph: OpenGraph }> {
  const sizes: readonly Size[] = mode.large ? [1, 3, 10] : [1, 3];
  for (const size of sizes) {
    const graph = size === 1 ? await open() : await openGraph(size);
    say(`${name}: ${size} x`);
    try {
      yield { size, graph };
    } finally {
      if (size !== 1) await graph.close();
    }
  }
}
