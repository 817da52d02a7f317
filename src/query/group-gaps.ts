import type { Planning } from './context';
import type { CursorValue } from './cursor';
import type { Dimension } from './dimension';
import type { Group, Whole } from './group';
import type { GroupKeyOrder } from './group-order';
import { groupsBound } from '../derive/bounds';

/** What a group of none comes to: its places in the order, its changes, and whether it is one that is kept. */
export interface Nothing {
  readonly order: readonly CursorValue[];
  readonly changes: readonly unknown[];
  readonly kept: boolean;
}

/**
 * Puts a group of none into every gap between the first and the last date, where such a group is kept.
 * @param groups all groups, those too that are not kept: where one of them stands is no gap
 * @throws Fault `BAD_USER_INPUT` where there is no date among the dimensions, or too many gaps
 */
export function fillGaps(
  planning: Planning,
  by: readonly Dimension[],
  order: readonly GroupKeyOrder[],
  groups: readonly Group[],
  nothing: Nothing,
  whole: Whole,
): readonly Group[] {
  const at = dateAmong(planning, by);
  if (groups.length > groupsBound.most) throw tooMany(planning);
  const months = by[at]?.months ?? 12;
  const dates = groups
    .flatMap((group) => (group.keys[at] == null ? [] : [group.keys[at]]))
    .sort(compareValues);
  const kept = groups.filter((group) => group.kept);
  const [first, last] = [dates[0], dates[dates.length - 1]];
  if (first == null || last == null) return kept;
  const series = new Map<string, Group>();
  const present = new Set(groups.map((group) => JSON.stringify(group.keys)));
  for (const group of groups)
    series.set(JSON.stringify(group.keys.map((key, index) => (index === at ? 0 : key))), group);
  const gaps: Group[] = [];
  for (const like of series.values())
    for (let date = first; compareValues(date, last) <= 0; date = shift(date, months)) {
      const keys = like.keys.map((key, index) => (index === at ? date : key));
      if (present.has(JSON.stringify(keys))) continue;
      if (groups.length + gaps.length >= groupsBound.most) throw tooMany(planning);
      gaps.push({
        keys,
        order: order.map(({ name, of }, index) => {
          if (of === undefined) return nothing.order[index] ?? null;
          // What is no date it has in common with the rest of its series.
          return name === `key${at}` ? date : (like.order[index] ?? null);
        }),
        count: 0,
        values: null,
        changes: nothing.changes,
        kept: nothing.kept,
        like,
        of: whole,
      });
    }
  return [...kept, ...gaps.filter((group) => group.kept)].sort((a, b) =>
    compareGroups(a, b, order),
  );
}

/** Which of the dimensions is a date. */
function dateAmong(planning: Planning, by: readonly Dimension[]): number {
  const at = by.findIndex(({ months }) => months !== null);
  if (at < 0) throw planning.fault('"fill" needs a date among the items of "by".');
  return at;
}

function tooMany(planning: Planning) {
  return planning.fault(
    `filling the gaps gives more than ${groupsBound.most} groups: narrow the dates down.`,
  );
}

function compareGroups(a: Group, b: Group, order: readonly GroupKeyOrder[]): number {
  for (const [index, { descending }] of order.entries()) {
    const [x, y] = [a.order[index] ?? null, b.order[index] ?? null];
    if (x === y) continue;
    if (x === null) return 1;
    if (y === null) return -1;
    return compareValues(x, y) * (descending ? -1 : 1);
  }
  return 0;
}

function compareValues(a: CursorValue, b: CursorValue): number {
  return a === b ? 0 : (a as string) < (b as string) ? -1 : 1;
}

/** The date so many months later: a year, a quarter (2024-Q3) or a month (2024-07). */
export function shift(date: string | number | boolean, months: number): string | number {
  if (typeof date === 'number') return date + months / 12;
  const text = String(date);
  const year = Number(text.slice(0, 4));
  const quarter = text[5] === 'Q';
  const month = quarter ? (Number(text.slice(6)) - 1) * 3 : Number(text.slice(5)) - 1;
  const total = year * 12 + month + months;
  const [y, m] = [Math.floor(total / 12), total % 12];
  return quarter ? `${y}-Q${m / 3 + 1}` : `${y}-${String(m + 1).padStart(2, '0')}`;
}
