import { dateReader, readIsoDate } from './date';

/** Ways to write a date that are tried, the least mistakable first. */
const formats = [
  'YYYY-M-D',
  'YYYY/M/D',
  'D.M.YYYY',
  'D MMM YYYY',
  'MMMM D, YYYY',
  'MMM D, YYYY',
  'MMM YYYY',
  'YYYY年M月D日',
  'YYYY年M月',
  'YYYY年',
  'D/M/YYYY',
  'M/D/YYYY',
  'serial',
];

/** ISO 8601 in the words of formats, for where it stands beside others. */
const iso = ['YYYY-MM-DD*', 'YYYY-MM', 'YYYY'];

/**
 * The formats in which most of the values are dates, each that reads most of what the others leave; none where ISO 8601
 * reads all that is one. Null where the values are no dates.
 */
export function guessDates(values: readonly string[]): readonly string[] | null {
  const days = values.some((value) => /^[2-9]\d{4}(\.\d+)?$/.test(value));
  const found: string[] = [];
  let left = values.filter((value) => readIsoDate(value) === null);
  while (left.length) {
    const rests = formats.map((format) => {
      // Numbers of a spreadsheet from 1954 on: fewer may be anything.
      const read = format === 'serial' && !days ? () => null : dateReader(format);
      return { format, rest: left.filter((value) => read(value) === null) };
    });
    const best = rests.reduce((a, b) => (b.rest.length < a.rest.length ? b : a));
    if (best.rest.length === left.length) break;
    found.push(best.format);
    left = best.rest;
  }
  if (left.length > values.length * 0.1) return null;
  const read = iso.filter((format) => values.some((value) => dateReader(format)(value) !== null));
  return found.length ? [...new Set([...read, ...found])] : [];
}
