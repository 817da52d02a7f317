import type { Noun } from '../../blueprint';
import { inNames } from '../../derive/full-text';
import { likelyMeant } from '../../derive/lookup';
import { mostWords, wordsOf } from '../../support/lucene';
import type { Run } from '../load/context';
import type { Ref } from './made';

/** How many references that match nothing are looked into: each asks the index of names once. */
const most = 20;

/** Tells of references that match nothing what was likely meant. */
export class Hints {
  readonly #told = new Map<string, string>();

  /** ` Did you mean "OpenAI" (openai)?`, or nothing. */
  async of(run: Run, ref: Ref): Promise<string> {
    const text = soughtBy(ref);
    if (text === null) return '';
    const { nouns } = ref.relation;
    const place = `${nouns.map(({ name }) => name).join()}\n${text}`;
    const before = this.#told.get(place);
    if (before !== undefined) return before;
    if (this.#told.size === most) return '';
    const hint = await this.#find(run, nouns, text, ref.key !== null);
    this.#told.set(place, hint);
    return hint;
  }

  async #find(run: Run, nouns: readonly Noun[], text: string, byKey: boolean): Promise<string> {
    const words = wordsOf(byKey ? text.replace(/[-_/]/g, ' ') : text);
    // A text that is no name would be more than the index can be asked.
    const query = words.length > mostWords ? null : inNames(words, true);
    if (query === null) return '';
    const p = { query, nouns: nouns.map(({ name }) => name) };
    const found = ((await run(likelyMeant, p)) as [string, string][]).map(([key, name]) =>
      byKey ? `"${key}" (${name})` : `"${name}" (${key})`,
    );
    return found.length ? ` Did you mean ${found.join(' or ')}?` : '';
  }
}

/** The key or the name by which something was looked for, where that was all. */
function soughtBy({ key, find, relation }: Ref): string | null {
  if (key !== null) return key;
  const [value, ...more] = find;
  const { criterion } = relation.find[0] ?? {};
  const byName = criterion?.property.name === 'name' && !criterion.relation && !more.length;
  return byName && typeof value === 'string' ? value : null;
}
