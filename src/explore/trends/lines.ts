import type { NodeRef } from '../../query/reference';
import { toGlobalId } from '../../support/global-id';
import type { Wordings } from '../graph/wording';
import type { Step, Teller } from '../paths/told';
import type { Name } from '../refer';

/** A line of the map. */
export interface Line {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly label: string;
  readonly labelZh: string;
  readonly certainty: string | null;
  readonly count: number;
  readonly facts: readonly NodeRef[];
}

const drawn = ['Trend', 'Sector', 'Company'];
const idOf = ({ type, key }: NodeRef): string => toGlobalId(type, key);

/** The lines of one way: trends, sectors and companies are drawn, models and products between them are named on the line. */
export function linesOf(
  trail: readonly number[],
  teller: Teller,
  words: Wordings,
): {
  readonly stops: readonly (readonly [id: string, name: Name])[];
  readonly lines: readonly Line[];
} {
  const steps = teller.steps(trail) as Step[];
  const lines: Line[] = [];
  let run: Step[] = [];
  for (const step of steps) {
    run.push(step);
    if (!drawn.includes(step.to.type)) continue;
    lines.push(run.length > 1 ? through(run) : along(step, words));
    run = [];
  }
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  return {
    stops: ends
      .filter(({ type }) => drawn.includes(type))
      .map((end) => [idOf(end), [end.type, end.key]] as const),
    lines,
  };
}

function along({ from, to, forward, relation, fact, certainty }: Step, words: Wordings): Line {
  const [source, target] = forward ? [from, to] : [to, from];
  const [label, labelZh] = fact
    ? [fact.known.label as string, (fact.known.labelZh ?? fact.known.label) as string]
    : words.relation(source.type, relation);
  return {
    id: `${idOf(source)} ${relation}${fact ? ` ${fact.key}` : ''} ${idOf(target)}`,
    source: idOf(source),
    target: idOf(target),
    type: relation,
    label,
    labelZh,
    certainty,
    count: 1,
    facts: fact ? [fact] : [],
  };
}

/** Several hops as one line, which names what is in between. */
function through(run: readonly Step[]): Line {
  const [first, last] = [run[0] as Step, run[run.length - 1] as Step];
  const between = run.slice(1).map(({ from }) => from.known);
  const [source, target] = [idOf(first.from), idOf(last.to)];
  const names = between.map(({ name }) => name as string);
  const namesZh = between.map(({ name, nameZh }) => (nameZh ?? name) as string);
  return {
    id: `${source} TREND_LINK ${target} ${run.map(({ to }) => to.key).join(' ')}`,
    source,
    target,
    type: 'TREND_LINK',
    label: `through ${names.join(', ')}`,
    labelZh: `通过${namesZh.join('、')}`,
    certainty:
      run.find(({ certainty }) => certainty && certainty !== 'STATED')?.certainty ??
      first.certainty,
    count: 1,
    facts: run.flatMap(({ fact }) => fact ?? []),
  };
}
