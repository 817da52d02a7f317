import type { Reach } from './reach';
import { lightest, type Trail } from './shortest';

/** Ways that were found, and what is not known of them. */
export interface Ways {
  readonly trails: readonly (Trail & { readonly hubs: boolean })[];
  /** Which budget ended the search; null where none did. */
  readonly cut: 'reading' | 'trying' | null;
  /** Whether there are hubs that nothing was followed through. */
  readonly hubs: boolean;
  /** Whether these are all the ways there are. */
  readonly all: boolean;
}

/**
 * The shortest simple ways, the lightest first among equals; those through hubs only where the others are too few.
 * @param most hops of one way
 * @param count ways; more where the last weigh the same
 */
export async function find(reach: Reach, most: number, count: number): Promise<Ways> {
  const trails: (Trail & { hubs: boolean })[] = [];
  let cut: Ways['cut'] = null;
  for (let length = 1; length <= most && trails.length < count && cut !== 'reading'; length++) {
    if (!(await reach.deepen(length))) cut = 'reading';
    const found = lightest(reach, length, count - trails.length, false);
    if (!found.whole) cut ??= 'trying';
    trails.push(...found.trails.map((trail) => ({ ...trail, hubs: false })));
  }
  const all = trails.length < count;
  if (!all || !reach.hubs) return { trails, cut, hubs: reach.hubs, all };
  const without = trails.length;
  for (let length = 2; length <= most && trails.length < count; length++) {
    const found = lightest(reach, length, count + without, true);
    if (!found.whole) cut ??= 'trying';
    const through = found.trails.filter(({ nodes }) => nodes.some((id) => reach.isHub(id)));
    trails.push(...through.map((trail) => ({ ...trail, hubs: true })));
  }
  return { trails, cut, hubs: true, all };
}
