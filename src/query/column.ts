import type { Planning } from './context';
import type { Form } from './form';

/** One value of an answer: the Cypher expression that reads it, and how the answer is made from what comes back. */
export interface Column {
  readonly text: string;
  readonly form: Form;
}

/** Columns of one row, each expression once. */
export class Row {
  readonly texts: string[] = [];

  add(text: string): number {
    const at = this.texts.indexOf(text);
    return at < 0 ? this.texts.push(text) - 1 : at;
  }

  get text(): string {
    return `[${this.texts.join(', ')}]`;
  }
}

/** Rows about to be returned: clauses, the variables whose columns they give, and whether something aggregates in them. */
export interface Rows {
  readonly text: string;
  readonly variables: readonly string[];
  readonly aggregates?: boolean;
  /** The variable that the clauses begin at, where it is not that of the row around. */
  readonly told?: string;
}

/**
 * Rows as one list: an expression where nothing aggregates in it, else worked out beside the row that they belong to.
 * @param from the variable of that row; none at the root, where nothing stands around
 */
export function collected(
  planning: Planning,
  from: string | undefined,
  { text, variables, aggregates, told }: Rows,
  item: string,
): string {
  const asides = planning.asides(...variables);
  if (from === undefined || !(asides || aggregates))
    return `COLLECT { ${text}${asides} RETURN ${item} AS item }`;
  const query = (name: string) => `${text}${asides} RETURN collect(${item}) AS ${name}`;
  return planning.aside(from, query, told);
}
