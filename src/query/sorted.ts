import type { Planning } from './context';
import { beyond, orderText, type CursorPart } from './cursor';
import type { OrderKey } from './order';
import type { Page } from './page';
import { whereText } from './pattern';
import type { Source } from './source';

/** Whether a key is a property as it stands, which costs nothing to name twice. */
export const isProperty = ({ expression }: OrderKey): boolean => /^\w+\.\w+$/.test(expression);

/** Rows sorted by their keys: a property as it stands, anything else worked out once under a name. */
export class Sorted {
  readonly names: readonly string[];
  /** Whether nothing has to be worked out before rows can be compared. */
  readonly #plain: boolean;

  constructor(
    readonly planning: Planning,
    readonly source: Source,
    readonly keys: readonly OrderKey[],
    /** What else has to be carried along. */
    readonly more: readonly string[] = [],
  ) {
    this.names = keys.map((key) => (isProperty(key) ? key.expression : planning.name('k')));
    this.#plain = keys.every(isProperty);
  }

  /** That a row comes after a cursor, or before it. */
  bounds(values: readonly CursorPart[] | null | undefined, backward: boolean): string[] {
    return values ? [beyond(this.planning, this.keys, this.names, values, backward)] : [];
  }

  /** The bounds that can be asked of rows as they are matched. */
  early(bounds: readonly string[]): readonly string[] {
    return this.#plain ? bounds : [];
  }

  /** The variables of a row. */
  get carried(): readonly string[] {
    const { node, edge } = this.source;
    return [node, ...(edge?.relation.edge.length ? [edge.name] : []), ...this.more];
  }

  /** The names under which something was worked out. */
  get worked(): readonly string[] {
    return this.names.filter((name) => !name.includes('.'));
  }

  /** The rows of a page, matched within their early bounds. */
  text(
    match: string,
    bounds: readonly string[],
    { backward, limit }: Pick<Page, 'backward'> & Partial<Page>,
  ): string {
    const { repeats } = this.source;
    const { carried } = this;
    const computed = this.keys.flatMap((key, index) =>
      isProperty(key) ? [] : ([[key.expression, this.names[index] as string]] as const),
    );
    const before = this.keys.map((key) => key.before).join('');
    const late = this.#plain ? '' : whereText(bounds);
    const kept =
      repeats && this.#plain
        ? ''
        : ` WITH ${[...carried, ...computed.map(([text, name]) => `${text} AS ${name}`)].join(', ')}`;
    const again = late && ` WITH ${[...carried, ...computed.map(([, name]) => name)].join(', ')}`;
    return `${match}${before}${kept}${late}${again} ORDER BY ${orderText(this.keys, this.names, backward)}${limit ? ` LIMIT ${limit}` : ''}`;
  }
}
