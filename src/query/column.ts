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
}

/**
 * Rows as one list: an expression where nothing aggregates in it, else worked out beside the row that they belong to.
 * @param from the variable of that row; none at the root, where nothing stands around
 */
export function collected(
  planning: Planning,
  from: string | undefined,
  { text, variables, aggregates }: Rows,
  item: string,
): string {
  const asides = planning.asides(...variables);
  if (from === undefined || !(asides || aggregates))
    return `COLLECT { ${text}${asides} RETURN ${item} AS item }`;
  return planning.aside(from, (name) => `${text}${asides} RETURN collect(${item}) AS ${name}`);
}
