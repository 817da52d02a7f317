import type { Planning } from './context';
import type { Filter } from './filter';

/** What is compared, and how a client's value is made one like it. */
export interface Comparison {
  readonly expression: string;
  /** Never unknown. */
  readonly known: boolean;
  readonly exact: boolean;
  readonly convert: (value: never) => unknown;
}

const infix = {
  eq: '=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  contains: 'CONTAINS',
  startsWith: 'STARTS WITH',
  endsWith: 'ENDS WITH',
} as const;

/** The operators of a scalar, each as a condition. */
export function compare(
  planning: Planning,
  filter: Filter,
  { expression, known, exact, convert }: Comparison,
): string[] {
  const sure = (text: string) => (exact && !known ? `coalesce(${text}, false)` : text);
  return Object.entries(filter).map(([name, value]) => {
    if (value == null) throw nullOperator(planning, name);
    return planning.at(name, () => {
      if (name === 'isNull')
        return `${expression} IS ${planning.fix<boolean>(value) ? '' : 'NOT '}NULL`;
      if (name === 'ne') {
        const differs = `${expression} <> ${planning.param(value, convert)}`;
        return known ? differs : `(${expression} IS NULL OR ${differs})`;
      }
      if (name === 'in' || name === 'notIn') {
        const list = planning.param(value, (values: unknown) =>
          (Array.isArray(values) ? values : [values]).map((each) => convert(each as never)),
        );
        if (name === 'in') return sure(`${expression} IN ${list}`);
        return known
          ? `NOT ${expression} IN ${list}`
          : `(${expression} IS NULL OR NOT ${expression} IN ${list})`;
      }
      return sure(
        `${expression} ${infix[name as keyof typeof infix]} ${planning.param(value, convert)}`,
      );
    });
  });
}

/** The fault of an operator that was given null: nothing is equal to the unknown, which `isNull` asks for. */
export function nullOperator(planning: Planning, name: string) {
  return planning.fault(`"${name}" was given null. Did you mean isNull: true?`, {
    didYouMean: ['isNull'],
  });
}
