/** What people write for a currency, and the codes that it can mean, the likeliest first. */
const words: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'AUD', 'CAD', 'HKD', 'SGD', 'TWD', 'NZD', 'MXN', 'ARS', 'CLP', 'COP'],
  US$: ['USD'],
  HK$: ['HKD'],
  NT$: ['TWD'],
  A$: ['AUD'],
  AU$: ['AUD'],
  C$: ['CAD'],
  CA$: ['CAD'],
  S$: ['SGD'],
  NZ$: ['NZD'],
  R$: ['BRL'],
  '€': ['EUR'],
  '£': ['GBP'],
  '₹': ['INR'],
  '₩': ['KRW'],
  '¥': ['CNY', 'JPY'],
  RMB: ['CNY'],
  CNH: ['CNY'],
  元: ['CNY'],
  人民币: ['CNY'],
  元人民币: ['CNY'],
  人民币元: ['CNY'],
  美元: ['USD'],
  美金: ['USD'],
  港元: ['HKD'],
  港币: ['HKD'],
  台币: ['TWD'],
  新台币: ['TWD'],
  日元: ['JPY'],
  韩元: ['KRW'],
  欧元: ['EUR'],
  英镑: ['GBP'],
  新元: ['SGD'],
};

/** The codes of ISO 4217. */
const codes = new Set(Intl.supportedValuesOf('currency'));

/** Codes that are written small as well, and are no words. */
const usual = /^(usd|eur|cny|gbp|jpy|hkd|rmb)$/i;

/** The ISO 4217 codes that a sign or word of a text can mean; none where it names no currency. */
export function currenciesOf(word: string): readonly string[] {
  if (Object.hasOwn(words, word)) return words[word] as readonly string[];
  const code = usual.test(word) ? word.toUpperCase() : word;
  if (code !== word && Object.hasOwn(words, code)) return words[code] as readonly string[];
  return codes.has(code) ? [code] : [];
}

/** The code of a currency that stands by itself, such as in a column of its own; null where it names none, or several. */
export function currencyOf(text: string): string | null {
  const word = text.normalize('NFKC').trim();
  const [code, ...more] = currenciesOf(/^[a-z]{3}$/i.test(word) ? word.toUpperCase() : word);
  return more.length ? null : (code ?? null);
}
