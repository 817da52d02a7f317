import { currenciesOf } from './currency';

/** Words and signs after a number that multiply it. */
const scales: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  mln: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  mio: 1e6,
  mrd: 1e9,
  lakh: 1e5,
  crore: 1e7,
  t: 1e12,
  tn: 1e12,
  trillion: 1e12,
  千: 1e3,
  万: 1e4,
  十万: 1e5,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  十亿: 1e9,
  百亿: 1e10,
  千亿: 1e11,
  万亿: 1e12,
};

/** The longer first, so that 万亿 is not read as 万. */
const scaleWords = Object.keys(scales).sort((a, b) => b.length - a.length);

export interface ReadNumber {
  readonly value: number;
  /** The currencies that the text can mean: of ¥ and $ there are several. */
  readonly currencies?: readonly string[];
  readonly percent: boolean;
}

/** No number is longer; the form would be tried for long. */
const longest = 100;

const form =
  /^(?<open>\()?(?<sign>[+\-−])?\s*(?:(?<before>\p{L}*\p{Sc}|\p{L}{1,4})\s*)?(?<minus>[-−])?(?<figure>\d[\d.,'’  \s]*(?:[eE][+-]?\d+)?|[.,]\d+)\s*(?<tail>[\p{L}\p{Sc}][\p{L}\p{Sc}\s]*?)?\s*(?<percent>%)?(?<close>\))?$/u;

/**
 * Reads a number as people write it: thousands grouped, with a unit (1.2bn, 3万), a currency, a percent sign, in
 * brackets for less than nothing. Null where any part of it is not understood.
 * @param decimal the sign before decimals; without it a lone sign must not be in doubt
 */
export function readNumber(text: string, decimal?: '.' | ','): ReadNumber | null {
  if (text.length > longest) return null;
  const parts = form.exec(text.normalize('NFKC').trim())?.groups;
  if (!parts || Boolean(parts.open) !== Boolean(parts.close)) return null;
  const figure = readFigure(parts.figure as string, decimal);
  const tail = readTail(parts.tail ?? '');
  if (figure === null || tail === null) return null;
  let currencies: readonly string[] | undefined;
  for (const word of [parts.before, tail.word]) {
    if (!word) continue;
    const named = currenciesOf(word);
    // 人民币5000万元 names it twice.
    currencies = currencies ? named.filter((code) => currencies?.includes(code)) : named;
    if (!currencies.length) return null;
  }
  const negative = Boolean(parts.open) !== Boolean(parts.sign?.match(/[-−]/) ?? parts.minus);
  // A product of decimals such as 1.1 x 1e6 is off in the last place; the text says what it should be.
  const value = tail.scale === 1 ? figure : Number((figure * tail.scale).toPrecision(15));
  return {
    value: negative ? -value : value,
    percent: parts.percent !== undefined,
    ...(currencies ? { currencies } : {}),
  };
}

/** What stands after the figure: a unit, a currency, or both as in 亿元. */
function readTail(tail: string): { readonly scale: number; readonly word: string } | null {
  const lower = tail.toLowerCase();
  const unit = scaleWords.find(
    (each) => lower.startsWith(each) && !/^[a-z]+\p{L}/u.test(lower.slice(each.length - 1)),
  );
  return {
    scale: unit === undefined ? 1 : (scales[unit] as number),
    word: tail.slice(unit?.length ?? 0).trim(),
  };
}

function readFigure(text: string, decimal: '.' | ',' | undefined): number | null {
  const [digits = '', exponent = ''] = text.trim().split(/(?=[eE])/);
  const point = decimal ?? guess(digits);
  const group = point === '.' ? ',' : '.';
  const [whole = '', part, ...more] = digits.split(point);
  if (more.length || (part !== undefined && !/^\d*$/.test(part))) return null;
  const groups = whole.split(new RegExp(`[\\${group}'’\\s]`));
  const grouped = groups.length > 1;
  if (grouped && !(/^\d{1,3}$/.test(groups[0] as string) && groups.slice(1).every(isGroup)))
    return null;
  if (!grouped && !/^\d*$/.test(whole)) return null;
  const value = Number(`${groups.join('') || '0'}.${part || '0'}${exponent}`);
  return Number.isFinite(value) ? value : null;
}

/** Two digits are a group in India. */
const isGroup = (group: string, index: number, all: readonly string[]): boolean =>
  index === all.length - 1 ? /^\d{3}$/.test(group) : /^\d{2,3}$/.test(group);

/** A lone comma before one, two or more than three digits, and the last of two different signs, stand before decimals. */
function guess(digits: string): '.' | ',' {
  const comma = digits.lastIndexOf(',');
  const dot = digits.lastIndexOf('.');
  if (comma >= 0 && dot >= 0) return comma > dot ? ',' : '.';
  if (comma >= 0 && digits.indexOf(',') === comma && !/,\d{3}$/.test(digits)) return ',';
  if (dot >= 0 && digits.indexOf('.') !== dot) return ',';
  return '.';
}
