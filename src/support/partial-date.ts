const form = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Whether a text is an ISO 8601 date of a day, month or year that exists. */
export function isPartialDate(text: string): boolean {
  const match = form.exec(text);
  if (!match) return false;
  const [, year, month, day] = match;
  if (month && (Number(month) < 1 || Number(month) > 12)) return false;
  return !day || (Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month)));
}

/** The first day of a year, month or day: what a partial date compares as. */
export function firstDay(date: string): string {
  return date + '-01-01'.slice(date.length - 4);
}

/** The last day of a year, month or day. */
export function lastDay(date: string): string {
  if (date.length === 4) return `${date}-12-31`;
  if (date.length > 7) return date;
  return `${date}-${daysIn(Number(date.slice(0, 4)), Number(date.slice(5, 7)))}`;
}

/** The year of a partial date, which is the one thing that all of them have. */
export function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

function daysIn(year: number, month: number): number {
  const date = new Date(Date.UTC(2000, month, 0));
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}
