// cspell:ignore preseed
/** What columns are called in Chinese, and in other English words, in the words of fields. */
export const terms: readonly (readonly [term: string, words: string])[] = [
  ['名称', 'name'],
  ['公司', 'company'],
  ['企业', 'company'],
  ['项目', 'company'],
  ['公司名', 'name'],
  ['城市', 'city'],
  ['成立', 'founded'],
  ['状态', 'status'],
  ['网站', 'website'],
  ['官网', 'website'],
  ['简介', 'description zh'],
  ['融资', 'funding total raised'],
  ['金额', 'raised'],
  ['轮次', 'type'],
  ['日期', 'announced'],
  ['融资时间', 'announced'],
  ['交易时间', 'announced'],
  ['披露时间', 'announced'],
  ['deal date', 'announced'],
  ['deal size', 'raised'],
  ['amount', 'raised'],
  ['funding', 'total'],
  ['post valuation', 'post money'],
  ['pre valuation', 'pre money'],
  ['round', 'type'],
  ['release', 'released'],
  ['license', 'licence'],
  ['context', 'context tokens'],
];

/** The round that a Chinese or a shortened English name means: A+轮, Pre-A, 天使轮, Series B1; null where none is meant. */
export function roundOf(text: string): string | null {
  const word = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]|轮融资|轮|融资|round|series/g, '');
  const letter = /^(?:pre)?([a-j])\d?\+*$/.exec(word)?.[1];
  return letter ? `SERIES_${letter.toUpperCase()}` : (rounds[word] ?? null);
}

const rounds: Readonly<Record<string, string>> = {
  天使: 'ANGEL',
  种子: 'SEED',
  seed: 'SEED',
  angel: 'ANGEL',
  preseed: 'PRE_SEED',
  债权: 'DEBT',
  私募股权: 'PRIVATE_EQUITY',
  众筹: 'CROWDFUNDING',
  老股转让: 'SECONDARY',
};

/** What figures are multiplied by where the name of their column says so: "Deal Size (USD M)", "revenue in thousands". */
export function timesOf(name: string): number {
  const unit =
    /(?:\b(?:usd|eur|gbp|cny|rmb|hkd|jpy|in)|[$€£¥])\s*(k|m|b|mm|mn|mio|bn|thousand|million|billion)s?\b/i.exec(
      name,
    );
  const letter = unit?.[1]?.[0]?.toLowerCase();
  return letter === undefined ? 1 : letter === 'm' ? 1e6 : letter === 'b' ? 1e9 : 1e3;
}
