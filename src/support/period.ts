import { isPartialDate } from './partial-date';

export interface PeriodValue {
  readonly start: string | null;
  readonly end: string | null;
  readonly label: string;
}

/** A period as analysts write it: `2024`, `2024H1`, `2024Q3`, `2024-01..2024-05`, `..2024-08-31`; null if it is none. */
export function parsePeriod(text: string): PeriodValue | null {
  const part = /^(\d{4})(H[12]|Q[1-4])$/i.exec(text);
  if (part) {
    const [, year, sort] = part as unknown as [string, string, string];
    const size = sort[0]?.toUpperCase() === 'H' ? 6 : 3;
    const last = Number(sort[1]) * size;
    const month = (n: number) => `${year}-${String(n).padStart(2, '0')}`;
    return { start: month(last - size + 1), end: month(last), label: text.toUpperCase() };
  }
  const [from = '', to = from, ...rest] = text.split('..');
  if (rest.length || (!from && !to)) return null;
  if ((from && !isPartialDate(from)) || (to && !isPartialDate(to))) return null;
  return { start: from || null, end: to || null, label: periodLabel(from || null, to || null) };
}

/** The label of a period: one date where both ends are equal, a half or a quarter by its short name, else `start..end`. */
export function periodLabel(start: string | null, end: string | null): string {
  if (start === end) return start ?? '';
  const months = /^(\d{4})-(\d{2})\.\.\1-(\d{2})$/.exec(`${start}..${end}`);
  if (months) {
    const [, year, from, to] = months;
    const first = Number(from);
    const size = Number(to) - first + 1;
    if (size === 6 && first % 6 === 1) return `${year}H${(first + 5) / 6}`;
    if (size === 3 && first % 3 === 1) return `${year}Q${(first + 2) / 3}`;
  }
  return `${start ?? ''}..${end ?? ''}`;
}
