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
  t: 1e12,
  tn: 1e12,
  trillion: 1e12,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  万亿: 1e12,
};

/** Signs of currencies that name one currency only: ¥ and $ are used by several. */
const signs: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', '₹': 'INR', '₩': 'KRW' };

export interface ReadNumber {
  readonly value: number;
  /** The currency that the text names. */
  readonly currency?: string;
}

const form =
  /^(?<open>\()?(?<sign>[+\-−])?\s*(?:(?<before>[A-Z]{3}|US\$|[$€£¥₹₩])\s*)?(?<minus>[-−])?(?<figure>\d[\d.,'’  \s]*(?:[eE][+-]?\d+)?|[.,]\d+)\s*(?<scale>\p{L}+)?\s*(?<percent>%)?\s*(?<after>\p{L}{1,3}|[€£¥₹₩元])?(?<close>\))?$/u;

/**
 * Reads a number as people write it: thousands grouped, with a unit (1.2bn, 3万), a currency, a percent sign, in
 * brackets for less than nothing. Null where any part of it is not understood.
 * @param decimal the sign before decimals; without it a lone sign must not be in doubt
 */
export function readNumber(text: string, decimal?: '.' | ','): ReadNumber | null {
  const parts = form.exec(text.normalize('NFKC').trim())?.groups;
  if (!parts || Boolean(parts.open) !== Boolean(parts.close)) return null;
  const figure = readFigure(parts.figure as string, decimal);
  if (figure === null) return null;
  let scale = 1;
  let code = parts.before ?? parts.after;
  if (parts.scale) {
    const word = parts.scale.toLowerCase();
    if (Object.hasOwn(scales, word)) scale = scales[word] as number;
    else if (!parts.after && /^([A-Z]{3}|元)$/.test(parts.scale)) code ??= parts.scale;
    else return null;
  }
  const currency = code && currencyOf(code);
  if (code && currency === undefined) return null;
  const negative = Boolean(parts.open) !== Boolean(parts.sign?.match(/[-−]/) ?? parts.minus);
  // A product of decimals such as 1.1 x 1e6 is off in the last place; the text says what it should be.
  const value = scale === 1 ? figure : Number((figure * scale).toPrecision(15));
  return { value: negative ? -value : value, ...(currency ? { currency } : {}) };
}

function currencyOf(code: string): string | null | undefined {
  if (code === 'US$') return 'USD';
  if (code === '元') return 'CNY';
  if (/^[$¥]$/.test(code)) return null;
  if (/^[A-Z]{3}$/.test(code)) return code;
  return Object.hasOwn(signs, code) ? signs[code] : undefined;
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
