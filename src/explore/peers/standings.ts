import { firstWhere } from '../../support/first-where';
import { alike, type Trait } from './similarity';
import type { Listed, Table } from './table';

/** The values of all companies that share some traits. */
interface Group {
  /** By currency, each in ascending order. */
  readonly values: ReadonlyMap<string | null, Float64Array>;
  readonly known: number;
  readonly unknown: number;
}

/** Where a company stands among its peers. */
interface Standing {
  /** How many of the known ones are less. */
  readonly below: number;
  readonly equal: number;
  /** Peers with a value in the same currency. */
  readonly known: number;
  readonly unknown: number;
  /** Peers with a value in another currency. */
  readonly otherCurrency: number;
}

/** Where companies stand among those with the same traits, whose values are put in order once for all who have these. */
export class Standings {
  readonly #groups = new Map<string, Group>();

  constructor(
    readonly table: Table,
    readonly within: readonly Trait[],
  ) {}

  /** Among all others but those that are probably the same. */
  of(company: Listed, value: number): Standing {
    const { values, known: inAll, unknown } = this.#groupOf(company);
    const own = values.get(company.currency) ?? new Float64Array();
    const below = firstWhere(own.length, (at) => (own[at] as number) >= value);
    const upTo = firstWhere(own.length, (at) => (own[at] as number) > value);
    const counts = {
      below,
      equal: upTo - below,
      known: own.length,
      unknown,
      otherCurrency: inAll - own.length,
    };
    for (const peer of this.#noPeers(company)) {
      if (peer.value === null) counts.unknown--;
      else if (peer.currency !== company.currency) counts.otherCurrency--;
      else {
        counts.known--;
        if (peer.value < value) counts.below--;
        if (peer.value === value) counts.equal--;
      }
    }
    return counts;
  }

  /** Those of the group that are no peers: itself, and what is probably the same. */
  #noPeers(company: Listed): Listed[] {
    return [...new Set([company.key, ...company.same])].flatMap((key) => {
      const found = this.table.companies.get(key);
      return found && alike(company, found, this.within) ? [found] : [];
    });
  }

  #groupOf(company: Listed): Group {
    const { sectors, country, stage } = company;
    const of = {
      SECTOR: () => [...sectors.keys()].sort(),
      COUNTRY: () => country,
      STAGE: () => stage,
    };
    const name = JSON.stringify(this.within.map((trait) => of[trait]()));
    const group = this.#groups.get(name) ?? this.#read(company);
    this.#groups.set(name, group);
    return group;
  }

  #read(company: Listed): Group {
    const values = new Map<string | null, number[]>();
    let [known, unknown] = [0, 0];
    for (const peer of this.table.companies.values()) {
      if (!alike(company, peer, this.within)) continue;
      if (peer.value === null) {
        unknown++;
        continue;
      }
      known++;
      const own = values.get(peer.currency);
      if (own) own.push(peer.value);
      else values.set(peer.currency, [peer.value]);
    }
    return {
      values: new Map(
        [...values].map(([currency, all]) => [currency, Float64Array.from(all).sort()]),
      ),
      known,
      unknown,
    };
  }
}
