/** How far a company has come, in Crunchbase's terms. */
export type Stage = 'SEED' | 'EARLY' | 'LATE' | 'PRIVATE_EQUITY' | 'PUBLIC' | 'ACQUIRED';

/** Stages in words: what two companies of that stage have in common. */
export const stageWords: Readonly<Record<Stage, readonly [en: string, zh: string]>> = {
  SEED: ['Both are at the seed stage', '同处种子期'],
  EARLY: ['Both are at an early stage (series A or B)', '同处早期（A 轮或 B 轮）'],
  LATE: ['Both are at a late stage (series C or later)', '同处后期（C 轮及以后）'],
  PRIVATE_EQUITY: ['Both took private equity last', '最近一轮均为私募股权融资'],
  PUBLIC: ['Both are listed', '同为上市公司'],
  ACQUIRED: ['Both were acquired', '均已被收购'],
};

/** Types of rounds that tell a stage; a venture round of an unknown series, a grant or a debt does not. */
export const stages: Readonly<Record<string, Stage>> = {
  ANGEL: 'SEED',
  PRE_SEED: 'SEED',
  SEED: 'SEED',
  SERIES_A: 'EARLY',
  SERIES_B: 'EARLY',
  ...Object.fromEntries(
    ['C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'].map((letter) => [`SERIES_${letter}`, 'LATE'] as const),
  ),
  PRIVATE_EQUITY: 'PRIVATE_EQUITY',
  POST_IPO: 'PUBLIC',
};

/** The stage of a company: that it was bought or is listed says more than its latest round; null where nothing tells. */
export function stageOf(
  status: string | null,
  listed: boolean,
  round: string | null,
): Stage | null {
  if (status === 'ACQUIRED') return 'ACQUIRED';
  if (status === 'CLOSED') return null;
  if (listed || status === 'PUBLIC') return 'PUBLIC';
  return (round && stages[round]) || null;
}
