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
