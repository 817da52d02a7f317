import { fold } from '../../support/fold';
import { runsOf, slipsFrom, writingsOf } from '../../support/lucene';

export type Texts = Readonly<Record<string, string | readonly string[] | null>>;

export interface Match {
  readonly field: string;
  readonly fragment: string;
}

/** Characters before and after the first word that was found. */
const before = 40;
const after = 80;

/**
 * The field in which most of the words stand, names before other texts, and what is around the first of them.
 * @param columns in the order in which they are preferred
 */
export function matchedIn(
  texts: Texts,
  columns: readonly string[],
  words: readonly string[],
): Match | null {
  let best: { match: Match; found: number } | null = null;
  const ways = words.map(writingsOf);
  for (const field of columns)
    for (const text of [texts[field] ?? []].flat()) {
      const places = ways.flatMap((each) => {
        const found = each.map((way) => placeOf(text, way)).find((place) => place !== null);
        return found ?? [];
      });
      if (places.length > (best?.found ?? 0))
        best = {
          match: { field, fragment: fragment(text, Math.min(...places)) },
          found: places.length,
        };
    }
  return best?.match ?? null;
}

/** Where a word, or what begins with it, or it with a slip, first stands in a text. */
function placeOf(text: string, word: string): number | null {
  let slipped: number | null = null;
  for (const { run, at, whole } of runsOf(text)) {
    const folded = fold(run);
    const inside = whole ? (folded.startsWith(word) ? 0 : -1) : folded.indexOf(word);
    if (inside >= 0) return at + inside;
    if (whole && slipped === null && slipsFrom(word, folded)) slipped = at;
  }
  return slipped;
}

function fragment(text: string, at: number): string {
  const from = border(text, Math.max(0, at - before));
  const to = border(text, Math.min(text.length, at + after));
  return `${from ? '...' : ''}${text.slice(from, to)}${to < text.length ? '...' : ''}`;
}

/** A place that cuts no character of two code units. */
function border(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
