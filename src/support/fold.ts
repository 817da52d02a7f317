/** What lies past U+D7FF: half of it sorts by its code points in one order and by its halves in another. */
const high = /[\u{e000}-\u{10ffff}]/gu;

/** Letters that Unicode leaves unassigned: the first begins a spelling and sorts after all else, the others are digits. */
const lead = '\ud7fc';
const digits = [...'\ud7a4\ud7a5\ud7a6\ud7a7\ud7a8\ud7a9\ud7aa\ud7ab\ud7ac\ud7ad\ud7ae\ud7af'];

/**
 * A text without regard to case and width: NFKC, then lower case. What filters and orders compare.
 *
 * Neo4j orders stored texts by code point, but compares them with a parameter by halves of UTF-16, which puts 😀 before
 * ～. So that both are one order, whatever lies past U+D7FF is spelt out in letters below it, as many for each, in the
 * order of the code points. Parts of a text stay parts of it.
 */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(high, spell);
}

function spell(letter: string): string {
  let rest = letter.codePointAt(0) as number;
  let spelt = '';
  for (let n = 0; n < 6; n++) {
    spelt = (digits[rest % digits.length] as string) + spelt;
    rest = Math.floor(rest / digits.length);
  }
  return lead + spelt;
}
