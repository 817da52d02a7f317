import type { Noun } from '../../blueprint';
import * as whoIsWho from '../../derive/who-is-who';
import type { Graph } from '../../graph/graph';
import { compare } from '../../support/compare';
import { fold } from '../../support/fold';
import { core, normalName, words } from './normal-name';
import { slips } from './near';

/** Why two are likely one, the surest first. */
export type Why =
  | 'external id'
  | 'same name'
  | 'normalised name'
  | 'claimed'
  | 'website'
  | 'order of words'
  | 'name with or without its trade'
  | 'spelling';

const sure: Readonly<Record<Why, number>> = {
  'external id': 1,
  'same name': 0.98,
  'normalised name': 0.95,
  claimed: 0.9,
  website: 0.9,
  'order of words': 0.88,
  'name with or without its trade': 0.7,
  spelling: 0.9,
};

/** Two that are likely one. */
export interface Candidate {
  readonly a: string;
  readonly b: string;
  readonly why: Why;
  readonly score: number;
  /** What is the same: the id, the name, the domain. */
  readonly what: string;
}

/** Names of a thing, as they are stored. */
interface Entry {
  readonly key: string;
  readonly names: readonly string[];
  readonly ids: readonly string[];
  readonly website: string | null;
}

/** What stands beside a name and says little: "Acme Networks" may be Acme. */
const trades = new Set(
  (
    'com net org io ai tv group holding holdings international global worldwide technologies technology tech software systems system solutions ' +
    'services service labs lab laboratories studios studio media networks network online web digital interactive mobile games entertainment ' +
    'ventures venture capital partners partner management fund funds investments investment investors advisors equity ' +
    'pharmaceuticals pharma therapeutics biosciences biotech medical health energy'
  ).split(' '),
);
const hanTrades = /(科技|技术|信息|网络|软件|智能|资本|投资|创投|基金)$/u;

/** The most that may share a name or an id and still be listed: more is a word, not a name. */
const crowd = 50;

/** Where entries meet, by what they have in common. */
class Meetings {
  readonly #places = new Map<string, number[]>();

  add(place: string, entry: number): void {
    if (!place) return;
    const there = this.#places.get(place);
    if (!there) this.#places.set(place, [entry]);
    else if (there.at(-1) !== entry) there.push(entry);
  }

  /** The first of a place with each other. */
  *pairs(): Generator<readonly [a: number, b: number, place: string]> {
    for (const [place, [first, ...others]] of this.#places)
      if (others.length && others.length < crowd)
        for (const other of others) if (other !== first) yield [first as number, other, place];
  }
}

/** Those of a noun that are likely the same, the surest first; each pair once, for the surest reason. */
export async function candidatesOf(graph: Graph, noun: Noun): Promise<Candidate[]> {
  const entries = await entriesOf(graph, noun);
  const found = new Map<string, Candidate>();
  const add = (a: number, b: number, why: Why, what: string, score = sure[why]): void => {
    const [first, second] = [entries[a] as Entry, entries[b] as Entry].sort((x, y) =>
      compare(x.key, y.key),
    ) as [Entry, Entry];
    const pair = `${first.key}\n${second.key}`;
    const before = found.get(pair);
    if (!before || before.score < score)
      found.set(pair, { a: first.key, b: second.key, why, score, what });
  };
  meet(entries, add);
  near(entries, add);
  if (noun.relations.has('sameAs')) {
    const places = new Map(entries.map(({ key }, at) => [key, at]));
    const rows = (await graph.read(whoIsWho.claimedSame(noun), {}, long)).rows;
    for (const [a, b, certainty, reason] of rows as [string, string, string, string][]) {
      const [first, second] = [places.get(a), places.get(b)];
      if (first !== undefined && second !== undefined)
        add(first, second, 'claimed', `${certainty}: ${reason ?? ''}`);
    }
  }
  return [...found.values()].sort(
    (x, y) => y.score - x.score || compare(x.a, y.a) || compare(x.b, y.b),
  );
}

type Add = (a: number, b: number, why: Why, what: string, score?: number) => void;

function meet(entries: readonly Entry[], add: Add): void {
  const places = new Map<Why, Meetings>();
  const at = (why: Why, place: string, entry: number): void => {
    const meetings = places.get(why) ?? new Meetings();
    places.set(why, meetings);
    meetings.add(place, entry);
  };
  for (const [entry, { names, ids, website }] of entries.entries()) {
    for (const id of ids) at('external id', id, entry);
    if (website) at('website', hostOf(website), entry);
    for (const name of names) {
      at('same name', fold(name).trim(), entry);
      at('normalised name', normalName(name), entry);
      const own = core(words(name));
      if (own.length > 1) at('order of words', [...own].sort().join(' '), entry);
      at('name with or without its trade', bare(own), entry);
    }
  }
  for (const [why, meetings] of places)
    for (const [a, b, place] of meetings.pairs()) add(a, b, why, place);
}

/** The words of a name that say what it does, at its end. */
function tradeOf(own: readonly string[]): string {
  let from = own.length;
  while (from > 1 && trades.has(own[from - 1] as string)) from--;
  return own.slice(from).join(' ');
}

/** A name without the words that say what it does. */
function bare(own: readonly string[]): string {
  let left = [...own];
  while (left.length > 1 && trades.has(left.at(-1) as string)) left = left.slice(0, -1);
  const last = left.at(-1) ?? '';
  const short = last.replace(hanTrades, '');
  const name = [...left.slice(0, -1), short.length > 1 ? short : last].join('');
  return name.length > 2 || /\P{Script=Latin}/u.test(name) ? name : '';
}

function near(entries: readonly Entry[], add: Add): void {
  const all = entries.flatMap(({ names }, entry) =>
    // A trade in common would make short names long ones: YL Ventures is not TL Ventures.
    [
      ...new Map(
        names.map((name) => core(words(name))).map((own) => [own.join(' '), own]),
      ).values(),
    ].map((own) => ({ entry, name: bare(own), trade: tradeOf(own) })),
  );
  for (const { a, b, alike } of slips(all.map(({ name }) => name))) {
    const [one, other] = [all[a], all[b]] as [(typeof all)[0], (typeof all)[0]];
    if (one.entry === other.entry || one.trade !== other.trade) continue;
    add(one.entry, other.entry, 'spelling', `${one.name} ~ ${other.name}`, sure.spelling * alike);
  }
}

function hostOf(website: string): string {
  return website
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\d?\./, '')
    .replace(/[/?#:].*$/, '');
}

const long = { deadline: 60_000 };
const page = 5_000;

/** The names of all of a noun, in the order of their keys. */
async function entriesOf(graph: Graph, noun: Noun): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let after = ''; ;) {
    const { rows } = await graph.read(whoIsWho.names(noun), { after, most: page }, long);
    for (const [key, name, nameZh, certainty, aliases, ids, website] of rows as [
      string,
      string,
      string | null,
      string | null,
      string[] | null,
      string[] | null,
      string | null,
    ][]) {
      const named = certainty === 'UNNAMED' ? [] : [name, nameZh ?? '', ...(aliases ?? [])];
      entries.push({ key, names: named.filter(Boolean), ids: ids ?? [], website });
    }
    if (rows.length < page) return entries;
    after = entries.at(-1)?.key ?? '';
  }
}
