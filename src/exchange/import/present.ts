import type { Noun } from '../../blueprint';
import { bulkKeys } from '../../derive/bulk';
import { batches, type Run } from '../load/context';
import { Moved } from '../load/moved';
import { pack } from '../load/pack';
import type { MadeRow, Ref } from './made';

/** Which nodes there are of all that some rows speak of: what they make, and what they lead to by key. */
export class Present {
  readonly #there = new Map<Noun, Set<string>>();
  readonly #former = new Map<string, string>();

  static async of(
    run: Run,
    rows: readonly MadeRow[],
    refs: (made: MadeRow['made'][number]) => readonly Ref[],
  ): Promise<Present> {
    const wanted = new Map<Noun, Set<string>>();
    const want = (noun: Noun, key: string): void => {
      const keys = wanted.get(noun);
      if (keys) keys.add(key);
      else wanted.set(noun, new Set([key]));
    };
    for (const row of rows)
      for (const made of row.made) {
        want(made.load.noun, made.key);
        for (const { relation, key } of refs(made))
          if (key !== null) for (const noun of relation.nouns) want(noun, key);
      }
    const present = new Present();
    for (const [noun, keys] of wanted) {
      const there = new Set<string>();
      present.#there.set(noun, there);
      for (const part of batches([...keys])) {
        const { p } = pack([{ name: 'keys', full: true, values: part }]);
        for (const key of await run(bulkKeys(noun), p)) there.add(key as string);
      }
      const missing = [...keys].filter((key) => !there.has(key));
      const home = await Moved.in(run).of(noun, missing);
      for (const key of missing) present.move(noun, key, home(key));
    }
    return present;
  }

  /** Whether there was such a node before the rows were written. */
  has(noun: Noun, key: string): boolean {
    return this.#there.get(noun)?.has(key) ?? false;
  }

  /** Notes a node that was found in another way. */
  add(noun: Noun, key: string): void {
    const keys = this.#there.get(noun);
    if (keys) keys.add(key);
    else this.#there.set(noun, new Set([key]));
  }

  /** Notes that a key was merged away. */
  move(noun: Noun, key: string, home: string): void {
    if (key !== home) this.#former.set(`${noun.name}:${key}`, home);
  }

  /** Where a key leads that was merged away. */
  movedTo(noun: Noun, key: string): string | undefined {
    return this.#former.get(`${noun.name}:${key}`);
  }

  /** Whether nothing stands at a key, and nothing ever did that was merged away. */
  isFree(noun: Noun, key: string): boolean {
    return !this.has(noun, key) && this.movedTo(noun, key) === undefined;
  }
}
