import { Kind, type SelectionSetNode } from 'graphql';
import { quote } from '../../../errors';
import { refusal, tooMuch } from '../refusal';
import type { Limits } from '../table';
import type { Fragments } from './fragments';

/** How large a selection is with its fragments opened. */
interface Size {
  readonly depth: number;
  readonly fields: number;
  /** Fields at its first level. */
  readonly first: number;
}

const none: Size = { depth: 0, fields: 0, first: 0 };

/** Measures selections, each fragment once: the time is that of reading the document, however often a fragment is used. */
export class Opened {
  /** Fragments that something spreads; undefined while they are measured. */
  readonly #sizes = new Map<string, Size | undefined>();

  constructor(
    readonly fragments: Fragments,
    readonly limits: Limits,
  ) {}

  /** Whether something that was measured spreads it. */
  isSpread(fragment: string): boolean {
    return this.#sizes.has(fragment);
  }

  of(set: SelectionSetNode): Size {
    let [depth, fields, first] = [0, 0, 0];
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        const below = node.selectionSet ? this.of(node.selectionSet) : none;
        depth = Math.max(depth, 1 + this.#counted(node.name.value, below.depth));
        fields += 1 + below.fields;
        first++;
      } else {
        const inner =
          node.kind === Kind.INLINE_FRAGMENT
            ? this.of(node.selectionSet)
            : this.#fragment(node.name.value);
        depth = Math.max(depth, inner.depth);
        fields += inner.fields;
        first += inner.first;
      }
    }
    return { depth, fields, first };
  }

  /** What a fragment adds where it is spread. */
  #fragment(name: string): Size {
    const fragment = this.fragments.get(name);
    if (!fragment) return none;
    const known = this.#sizes.get(name);
    if (known) return known;
    if (this.#sizes.has(name))
      throw refusal(
        'GRAPHQL_VALIDATION_FAILED',
        400,
        `The fragment ${quote(name)} is spread within itself.`,
      );
    this.#sizes.set(name, undefined);
    const size = this.of(fragment.selectionSet);
    this.#sizes.set(name, size);
    return size;
  }

  /** The schema's own fields have a depth of their own. */
  #counted(field: string, depth: number): number {
    if (field !== '__schema' && field !== '__type') return depth;
    const { maxIntrospectionDepth } = this.limits;
    if (depth > maxIntrospectionDepth)
      throw tooMuch(`Levels below ${field}`, depth, maxIntrospectionDepth);
    return 0;
  }
}
