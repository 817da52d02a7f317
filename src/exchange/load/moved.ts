import type { Noun } from '../../blueprint';
import { shownName } from '../../derive/hiding';
import * as whoIsWho from '../../derive/who-is-who';
import { batches, type Run } from './context';

/** The key of the node that a key leads to: itself, unless it was merged away. */
export type Home = (key: string) => string;

const itself: Home = (key) => key;

/** Where keys lead that were merged away. Whether there are any is asked once in a transaction. */
export class Moved {
  #any: Promise<boolean> | undefined;

  private constructor(readonly run: Run) {}

  static readonly #each = new WeakMap<Run, Moved>();

  /** The one of a transaction. */
  static in(run: Run): Moved {
    const found = Moved.#each.get(run) ?? new Moved(run);
    Moved.#each.set(run, found);
    return found;
  }

  any(): Promise<boolean> {
    return (this.#any ??= this.run(whoIsWho.countFormer).then(([count]) => (count as number) > 0));
  }

  /** Notes that there are some from now on. */
  begin(): void {
    this.#any = Promise.resolve(true);
  }

  /** Where some keys of a noun lead. */
  async of(noun: Noun, keys: Iterable<string>): Promise<Home> {
    if (!(await this.any())) return itself;
    const homes = await former(this.run, noun, [...new Set(keys)]);
    return (key) => homes.get(key) ?? key;
  }
}

/** Of some keys those that were merged away, each with where it leads now. */
export async function former(
  run: Run,
  noun: Noun,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const homes = new Map<string, string>();
  const name = shownName(noun.name);
  for (const part of batches(keys)) {
    const ids = part.map((key) => `${name}:${key}`);
    for (const [id, home] of (await run(whoIsWho.readFormer, { ids })) as [string, string][])
      homes.set(id.slice(name.length + 1), home);
  }
  return homes;
}
