import { isPartialDate } from '../../support/partial-date';

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const tokens: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<short>\\d{2})',
  MMMM: `(?<name>${months.join('|')})`,
  MMM: `(?<name>sept|${months.map((each) => each.slice(0, 3)).join('|')})\\.?`,
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})(?:st|nd|rd|th)?',
};

/** Reads a text as an ISO 8601 date, to the day, month or year that it gives; null where it is none. */
export type ReadDate = (text: string) => string | null;

/** The day that a spreadsheet counts from. */
const dayZero = Date.UTC(1899, 11, 30);

/** A day as spreadsheets count it, without the time of day: 45011 is 2023-03-26. The first are shifted by a day in some. */
const readSerial: ReadDate = (text) => {
  const days = /^(\d{2,6})(?:\.\d+)?$/.exec(text)?.[1];
  if (days === undefined || Number(days) < 61) return readIsoDate(text);
  const date = new Date(dayZero + Number(days) * 86_400_000).toISOString().slice(0, 10);
  return isPartialDate(date) ? date : null;
};

/**
 * A reader of dates of a stated format, such as `MM/DD/YYYY`, `D MMM YYYY`, `YYYY年M月`. What follows a date that is
 * whole, such as a time of day, is only taken where the format has `*` at its end. `serial` reads the days of a spreadsheet.
 * @throws Error where the format has no year
 */
export function dateReader(format: string): ReadDate {
  if (format === 'serial') return readSerial;
  const open = format.endsWith('*');
  const text = open ? format.slice(0, -1) : format;
  const source = text.replace(/YYYY|YY|MMMM|MMM|MM|M|DD|D|[^A-Za-z]|[A-Za-z]/g, (part) =>
    Object.hasOwn(tokens, part)
      ? (tokens[part] as string)
      : part === ' '
        ? '\\s+'
        : part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
  );
  if (!/<year>|<short>/.test(source)) throw new Error(`"${format}" has no year (YYYY or YY).`);
  if (/<day>/.test(source) && !/<month>|<name>/.test(source))
    throw new Error(`"${format}" has a day without a month.`);
  let form: RegExp;
  try {
    form = new RegExp(`^${source}${open ? '(?:\\D.*)?' : ''}$`, 'iu');
  } catch {
    throw new Error(`"${format}" names a part of the date twice.`);
  }
  return (given) => {
    const parts = form.exec(given)?.groups;
    if (!parts) return null;
    const year = parts.year ?? century(parts.short as string);
    const month = parts.name
      ? months.findIndex((each) => each.startsWith((parts.name as string).toLowerCase())) + 1
      : parts.month;
    const two = (part: string | number) => `-${String(part).padStart(2, '0')}`;
    const date = `${year}${month ? two(month) : ''}${month && parts.day ? two(parts.day) : ''}`;
    return isPartialDate(date) ? date : null;
  };
}

/** 69 to 99 are of the twentieth century, as POSIX has it. */
function century(two: string): string {
  return `${Number(two) < 69 ? 20 : 19}${two}`;
}

/** ISO 8601, with or without a time of day, whose zone is not asked. */
export const readIsoDate: ReadDate = (text) => {
  const date = /^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ]\d{2}:\d{2}.*)?$/.exec(text)?.[1];
  return date !== undefined && isPartialDate(date) ? date : null;
};
