import type { Noun } from '../../blueprint';
import * as statements from '../../derive/statements';
import { grouped, type Run } from '../load/context';
import type { Columns } from '../load/layers';
import type { RelationReader } from '../mapping/plan';
import type { Ref } from './made';
import type { Target } from './references';
import type { Present } from './present';

/** A link that a row wants, before it is written. */
export interface Wanted {
  readonly ref: Ref;
  /** The node that the row makes. */
  readonly own: Target;
  readonly target: Target;
  /** The node came by before in this run. */
  readonly again: boolean;
}

/** A relationship that gives way to another of the same dataset. */
export interface Replaced {
  readonly from: Target;
  readonly to: Target;
  readonly type: string;
  readonly stored: Columns;
}

/** What stands at the one place that a to-one relation has. */
interface Standing {
  readonly target: string;
  readonly stored: Columns | null;
  readonly noun: string;
}

/**
 * Keeps to-one relations to one. What the same dataset said before gives way, unless it said it in the same run; what
 * another dataset says stays, and the row is at fault.
 */
export class Ones {
  readonly #standing = new Map<string, Standing>();
  readonly replaced: Replaced[] = [];

  private constructor(
    readonly dataset: string,
    readonly present: Present,
  ) {}

  static async of(
    run: Run,
    dataset: string,
    wanted: readonly Wanted[],
    present: Present,
  ): Promise<Ones> {
    const ones = new Ones(dataset, present);
    // Nothing leads to what is not there yet.
    const sides = wanted.flatMap((link) =>
      placesOf(link).filter(({ at }) => !present.isFree(at.noun, at.key)),
    );
    const groups = grouped(
      sides,
      ({ at, type, direction }) => `${at.noun.name} ${type} ${direction}`,
    );
    for (const group of groups.values()) {
      const [{ at, type, direction }] = group as [(typeof group)[0]];
      const keys = [...new Set(group.map((each) => each.at.key))];
      const rows = await run(statements.edgesOf(at.noun, type, direction), { keys });
      for (const [key, labels, other, stored] of rows as [string, string[], string, Columns][]) {
        const others = group.find((each) => each.at.key === key)?.others ?? [];
        const noun = others.find((each) => labels.includes(each.name));
        if (!noun || stored.saidBy) continue;
        ones.#standing.set(placeName(at.noun, key, type, direction), {
          target: `${noun.name}:${other}`,
          stored,
          noun: noun.name,
        });
      }
    }
    return ones;
  }

  /** A sentence on why the link cannot stand; undefined where it can, and then it stands. */
  refuses(link: Wanted): string | undefined {
    for (const { at, other, type, direction, own, others } of placesOf(link)) {
      // What is said under a key that was merged away is settled when it is written.
      if (this.present.movedTo(at.noun, at.key) !== undefined) continue;
      const place = placeName(at.noun, at.key, type, direction);
      const target = `${other.noun.name}:${this.present.movedTo(other.noun, other.key) ?? other.key}`;
      const before = this.#standing.get(place);
      if (before && before.target !== target) {
        const datasets = (before.stored?.datasets ?? []) as readonly string[];
        const gives =
          own &&
          !link.again &&
          before.stored !== null &&
          datasets.every((name) => name === this.dataset);
        if (!gives) {
          const by = datasets.filter((name) => name !== this.dataset).join(', ');
          return `${at.noun.name} "${at.key}" has one ${link.ref.relation.field}, "${before.target.split(':').slice(1).join(':')}"${by && ` of ${by}`}, and would get another, "${other.key}".`;
        }
        const [noun = '', ...rest] = before.target.split(':');
        const old = {
          noun: others.find((each) => each.name === noun) as Noun,
          key: rest.join(':'),
        };
        this.replaced.push({
          from: direction === 'out' ? at : old,
          to: direction === 'out' ? old : at,
          type,
          stored: before.stored,
        });
      }
      this.#standing.set(place, {
        target,
        stored: before?.target === target ? before.stored : null,
        noun: other.noun.name,
      });
    }
    return undefined;
  }
}

function placeName(noun: Noun, key: string, type: string, direction: string): string {
  return `${noun.name}:${key} ${type} ${direction}`;
}

/** The ends of a link at which there can be only one. */
export function placesOf({ ref, own, target }: Wanted): {
  readonly at: Target;
  readonly other: Target;
  readonly type: string;
  readonly direction: 'out' | 'in';
  /** Whether it is the end of the row's own node. */
  readonly own: boolean;
  readonly others: readonly Noun[];
}[] {
  const { written } = ref.relation;
  const type = written.relation.writes;
  const outward = !written.reversed;
  const places = [];
  if (written.one)
    places.push({
      at: own,
      other: target,
      type,
      direction: outward ? ('out' as const) : ('in' as const),
      own: true,
      others: written.others,
    });
  if (isOneThere(ref.relation, target.noun))
    places.push({
      at: target,
      other: own,
      type,
      direction: outward ? ('in' as const) : ('out' as const),
      own: false,
      others: own.noun.nouns,
    });
  return places;
}

/** Whether the far end can be led to by one only. */
function isOneThere({ written }: RelationReader, noun: Noun): boolean {
  if (written.reversed) return written.relation.one;
  return [...noun.relations.values()].some(
    (each) =>
      each.one &&
      each.steps.length === 1 &&
      each.steps[0]?.direction === 'in' &&
      !each.steps[0].edge &&
      each.steps[0].types.length === 1 &&
      each.steps[0].types[0] === written.relation.writes,
  );
}
