import type { Blueprint, Noun } from '../../blueprint';
import { plainColumns, valueOf } from '../../blueprint/storage';
import * as journal from '../../derive/journal';
import * as whoIsWho from '../../derive/who-is-who';
import { Fault, quote } from '../../errors';
import type { Graph } from '../../graph/graph';
import { asText } from '../../support/as-text';
import { compare } from '../../support/compare';
import { didYouMean } from '../../support/did-you-mean';
import { fold } from '../../support/fold';
import { batches } from '../load/context';
import type { Columns } from '../load/layers';
import { isOne } from '../load/settle';
import { candidatesOf, type Candidate, type Why } from './candidates';
import { nounOf } from './named';

/** Two that are likely one, as a person is asked about them. */
export interface Match {
  readonly noun: string;
  /** The key that would be merged away, and what it would be merged into. */
  readonly key: string;
  readonly into: string;
  readonly name: string;
  readonly intoName: string;
  readonly reason: Why;
  /** From 0 to 1. */
  readonly score: number;
  readonly evidence: string;
}

export interface MatchOptions {
  /** The noun to look at; all that can be claimed to be the same, and investors, unless told. */
  readonly noun?: string;
  /** Only pairs of which one at the least is spoken of by this dataset. */
  readonly dataset?: string;
  /** Only pairs of this score at the least; 0.6 unless told. */
  readonly least?: number;
}

/** The nouns that are looked at unless one is named: what the model knows to be known under several names. */
export function matchedNouns(blueprint: Blueprint): Noun[] {
  return blueprint.nouns.filter(
    (noun) => noun.relations.has('sameAs') || noun.interfaces.includes('Investor'),
  );
}

/**
 * Pairs that are likely one, the surest first, with what speaks for and against it. Pairs that a person told apart are
 * left out. Nothing is merged.
 * @throws Fault BAD_USER_INPUT where the noun or the dataset is not known
 */
export async function findMatches(
  graph: Graph,
  blueprint: Blueprint,
  { noun, dataset, least = 0.6 }: MatchOptions = {},
): Promise<Match[]> {
  const nouns = noun === undefined ? matchedNouns(blueprint) : [nounOf(blueprint, noun)];
  const named = nouns.find((each) => !each.interfaces.includes('Entity'));
  if (named)
    throw new Fault('BAD_USER_INPUT', `${named.name} is a fact: it has no name to be known by.`);
  const preference = (await graph.read(journal.datasets)).rows as string[];
  if (dataset !== undefined && !preference.includes(dataset))
    throw new Fault(
      'BAD_USER_INPUT',
      `${quote(dataset)} is no dataset of this graph.${didYouMean(dataset, preference)}`,
    );
  const apart = new Set((await graph.read(whoIsWho.toldApart)).rows as string[]);
  const matches: Match[] = [];
  for (const each of nouns) {
    const candidates = (await candidatesOf(graph, each)).filter(
      ({ a, b }) => !apart.has(pairId(each.name, a, b)),
    );
    for (const part of batches(candidates, 2_000))
      matches.push(...(await told(graph, each, part, preference, dataset)));
  }
  return matches
    .filter(({ score }) => score >= least)
    .sort((x, y) => y.score - x.score || compare(x.noun, y.noun) || compare(x.key, y.key));
}

/** A pair that a person told apart is remembered under this. */
export function pairId(noun: string, a: string, b: string): string {
  return [noun, ...[a, b].sort()].join('\n');
}

/** What is known of one side of a pair. */
interface Side {
  readonly key: string;
  readonly columns: Columns;
  readonly degree: number;
  readonly neighbours: ReadonlyMap<string, string>;
}

async function told(
  graph: Graph,
  noun: Noun,
  candidates: readonly Candidate[],
  preference: readonly string[],
  dataset: string | undefined,
): Promise<Match[]> {
  const types = [...noun.relations.values()].flatMap(({ writes }) =>
    writes && isOne(noun, writes, 'out') ? [writes] : [],
  );
  const keys = [...new Set(candidates.flatMap(({ a, b }) => [a, b]))];
  const { rows } = await graph.read(whoIsWho.evidence(noun, types), { keys }, { deadline: 60_000 });
  const sides = new Map(
    (rows as [string, Columns, number, [string, string][]][]).map(
      ([key, columns, degree, neighbours]) => [
        key,
        { key, columns, degree, neighbours: new Map(neighbours) },
      ],
    ),
  );
  return candidates.flatMap(({ a, b, why, score, what }): Match[] => {
    const pair = [sides.get(a), sides.get(b)];
    if (!pair[0] || !pair[1]) return [];
    if (dataset !== undefined && !pair.some((side) => datasetsOf(side as Side).includes(dataset)))
      return [];
    const [into, old] = (pair as Side[]).sort(
      (x, y) =>
        Number(isLost(x)) - Number(isLost(y)) ||
        trust(x, preference) - trust(y, preference) ||
        y.degree - x.degree ||
        compare(x.key, y.key),
    ) as [Side, Side];
    const { same, differ } = compared(noun, into, old);
    // A name that is only alike is believed by what else is alike; an id or the very same name needs no more.
    const more = score < sureAlone ? weigh(same, 1) - weigh(differ, why === 'spelling' ? 3 : 2) : 0;
    return [
      {
        noun: noun.name,
        key: old.key,
        into: into.key,
        name: nameOf(old),
        intoName: nameOf(into),
        reason: why,
        score: Math.round(Math.min(0.99, Math.max(0.05, score + more)) * 100) / 100,
        evidence: [
          what,
          ...(same.length ? [`same ${same.map(({ text }) => text).join(', ')}`] : []),
          ...(differ.length ? [`differ in ${differ.map(({ text }) => text).join(', ')}`] : []),
          `${datasetsOf(old).join('+')} | ${datasetsOf(into).join('+')}`,
          `${old.degree} | ${into.degree} relationships`,
        ].join('; '),
      },
    ];
  });
}

const datasetsOf = ({ columns }: Side) => (columns.datasets ?? []) as readonly string[];
const nameOf = ({ columns }: Side) => asText(columns.name);
const isLost = ({ columns }: Side) => columns.nameCertainty === 'UNNAMED';
const trust = (side: Side, preference: readonly string[]) =>
  Math.min(...datasetsOf(side).map((name) => preference.indexOf(name) + 1 || Infinity));

/** A pair of this score is not judged by anything else. */
const sureAlone = 0.97;

/** Fields that say who it is, and not what it is called or how it fares, with what it says that two have the same. */
const telling: Readonly<Record<string, number>> = {
  city: 0.08,
  foundedOn: 0.05,
  releasedOn: 0.05,
  launchedOn: 0.05,
  title: 0.05,
};
/** What a neighbour in common says: most are in few countries. */
const neighbour = 0.02;

/** A field in which two are the same, or differ. */
interface Sign {
  readonly text: string;
  readonly weight: number;
}

/** All signs together; what speaks against it weighs more. */
const weigh = (signs: readonly Sign[], times: number): number =>
  signs.reduce((sum, { weight }) => sum + weight * times, 0);

function compared(noun: Noun, a: Side, b: Side): { same: Sign[]; differ: Sign[] } {
  const same: Sign[] = [];
  const differ: Sign[] = [];
  const put = (field: string, x: string, y: string, weight: number, alike: boolean): void => {
    if (!x || !y) return;
    if (alike) same.push({ text: `${field} ${x}`, weight });
    else differ.push({ text: `${field} ${y} | ${x}`, weight });
  };
  for (const property of noun.properties.values()) {
    const weight = telling[property.name];
    if (weight === undefined) continue;
    const text = ({ columns }: Side) =>
      asText(
        valueOf(
          property,
          plainColumns(property).map((name) => columns[name] ?? null),
        ),
      );
    const [x, y] = [text(a), text(b)];
    // A year and a day within it do not contradict each other.
    const within = property.kind === 'date' && (x.startsWith(y) || y.startsWith(x));
    put(property.name, x, y, weight, within || fold(x) === fold(y));
  }
  for (const [type, x] of a.neighbours) {
    const y = b.neighbours.get(type) ?? '';
    put(type.toLowerCase().replaceAll('_', ' '), x, y, neighbour, x === y);
  }
  return { same, differ };
}
