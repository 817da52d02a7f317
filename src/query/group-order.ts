import { nullOperator } from './compare';
import type { Planning } from './context';
import type { CursorKey } from './cursor';
import type { Item } from './dimension';
import { orderItems, single } from './order';
import type { Stage } from './stage';

/** One key of an order of groups. */
export interface GroupKeyOrder extends CursorKey {
  readonly expression: string;
  /** Which item of `by` it is of; none where it is a number. */
  readonly of?: number;
}

/** The order of groups: what was asked for, then all keys, so that no two groups tie. */
export function groupOrder(planning: Planning, stage: Stage, orderBy: unknown): GroupKeyOrder[] {
  const given = orderItems(planning, orderBy).flatMap((item, index) =>
    planning.at(`orderBy.${index}`, (): GroupKeyOrder[] => {
      const [name, value] = single(planning, item);
      if (name === 'count') {
        const descending = planning.fix<string>(value) === 'DESC';
        return [
          { expression: stage.count, descending, nullable: false, is: 'number', name: 'count' },
        ];
      }
      if (name === 'key') {
        const { index: at, direction } = planning.fix<{ index: number; direction: string }>(value);
        if (!stage.by[at])
          throw planning.at('key.index', () =>
            planning.fault(`"${at}" names no item of "by", which has ${stage.by.length}.`),
          );
        const descending = direction === 'DESC';
        return stage.sortKeys(at).map((key) => ({ ...key, of: at, descending, nullable: true }));
      }
      const { of, fn, currency, direction } = planning.fix<Record<string, string>>(value);
      return [
        {
          expression: planning.at('measure', () =>
            stage.measure(of as string, fn as string, currency),
          ),
          descending: direction === 'DESC',
          nullable: true,
          is: 'number',
          name: `measure ${of} ${fn} ${currency ?? ''}`,
        },
      ];
    }),
  );
  const keys = stage.by.flatMap((_, of) =>
    stage.sortKeys(of).map((key) => ({ ...key, of, descending: false, nullable: true })),
  );
  return [...given, ...keys];
}

const infix = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  in: 'IN',
  notIn: 'NOT IN',
} as const;

/** The conditions that keep groups. */
export function groupHaving(planning: Planning, stage: Stage, having: unknown): string[] {
  const { count, measure } = (having ?? {}) as Record<string, Item | null | undefined>;
  const compare = (expression: string, item: Item): string[] =>
    Object.entries(item).map(([name, value]) => {
      if (value == null) throw nullOperator(planning, name);
      if (name === 'isNull')
        return `${expression} IS ${planning.fix<boolean>(value) ? '' : 'NOT '}NULL`;
      if (name === 'notIn') return `NOT ${expression} IN ${planning.param(value)}`;
      return `${expression} ${infix[name as keyof typeof infix]} ${planning.param(value)}`;
    });
  return planning.at('having', () => {
    const counts = count ? planning.at('count', () => compare(stage.count, count)) : [];
    if (!measure) return counts;
    const { of, fn, currency, ...rest } = measure;
    return planning.at('measure', () => {
      const { fn: how, of: what } = planning.fix<Record<string, string>>({ fn, of });
      const expression = stage.measure(what as string, how as string, currency);
      return [...counts, ...compare(expression, rest).map((text) => `coalesce(${text}, false)`)];
    });
  });
}
