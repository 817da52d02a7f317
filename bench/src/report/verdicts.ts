import { titles, type Name } from '../contestants/contestant';
import { median } from '../measure/statistics';
import type { Round } from '../measure/rounds';
import type { Loaded, Measured, Verdict } from '../parts/part';

/**
 * How many times the requests a second of one contestant those of another are: the median over the rounds, each of
 * which is compared with its own, so that a slow spell of the machine strikes both.
 */
export function ratio(one: Loaded, a: Name, b: Name): number | null {
  const [of, to] = [one.rounds[a], one.rounds[b]];
  if (!of?.length || !to?.length) return null;
  return median(of.map((round, at) => round.perSecond / (to[at] as Round).perSecond));
}

/** Of each target of a part whether it is met. */
export function verdictsOf(measured: Measured): readonly Verdict[] {
  return measured.kind === 'load' ? ofLoad(measured) : measured.verdicts;
}

function ofLoad(one: Loaded): Verdict[] {
  const { targets } = one;
  const verdicts: Verdict[] = [];
  const times = (a: Name, b: Name, wanted: number | undefined) => {
    const found = ratio(one, a, b);
    if (wanted === undefined || found === null) return;
    verdicts.push({
      what: `${titles[a]} against ${titles[b]}`,
      target: `>= ${wanted} x`,
      measured: `${round(found)} x`,
      met: found >= wanted,
    });
  };
  times('off', 'peer', targets.offPeer);
  times('off', 'floor', targets.offFloor);
  times('on', 'peer', targets.onPeer);
  times('on', 'limit', targets.onLimit);
  for (const name of ['off', 'on'] as const) {
    const own = one.rounds[name];
    if (!own?.length) continue;
    for (const clients of [16, 1] as const) {
      const spread = median(own.map((each) => each[`p99at${clients}`] / each[`p50at${clients}`]));
      verdicts.push({
        what: `${titles[name]}: p99 to p50, ${clients === 1 ? 'one client' : '16 clients'}`,
        target: '< 3 x',
        measured: `${round(spread)} x`,
        met: spread < 3,
      });
    }
    const rss = Math.max(...own.map((each) => each.rss));
    verdicts.push({
      what: `${titles[name]}: memory at 16 clients`,
      target: '< 250 MB',
      measured: `${rss.toFixed(0)} MB`,
      met: rss < 250,
    });
    const bad = own.reduce((sum, each) => sum + each.bad, 0);
    verdicts.push({
      what: `${titles[name]}: answers that were no 200`,
      target: '0',
      measured: String(bad),
      met: bad === 0,
    });
  }
  return verdicts;
}

/** A number with as many places as it can bear. */
export function round(value: number): string {
  if (!Number.isFinite(value)) return '';
  if (value >= 1_000) return Math.round(value).toLocaleString('en-GB');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
