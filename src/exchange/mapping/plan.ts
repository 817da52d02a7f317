import type { Noun, PropertyDef } from '../../blueprint';
import type { Criterion } from '../../derive/lookup';
import type { Cell, Cells } from './cell';
import type { Written } from './relation';
import type { FileSpec } from './schema';

/** A field and how it is read. */
export interface FieldReader {
  readonly property: PropertyDef;
  /** One reader; for pairs such as external ids one for each name. */
  readonly cells: readonly (readonly [name: string, cell: Cell])[];
  /** Whether a row without a value takes away what was there. */
  readonly clears: boolean;
}

/** What a looked-up node is asked by. */
export interface Question {
  readonly criterion: Criterion;
  readonly cell: Cell;
}

export interface RelationReader {
  readonly field: string;
  readonly written: Written;
  /** The nouns that the other end may be. */
  readonly nouns: readonly Noun[];
  readonly key: readonly Cell[] | null;
  readonly find: readonly Question[];
  readonly settle: readonly Question[];
  readonly edge: readonly (readonly [PropertyDef, Cell])[];
  readonly optional: boolean;
  /** Written in a second reading of the file, when all that it may lead to is there. */
  readonly deferred: boolean;
}

/** What each row of a file makes of one noun. */
export interface Load {
  readonly noun: Noun;
  readonly key: readonly Cell[];
  readonly fields: readonly FieldReader[];
  readonly relations: readonly RelationReader[];
  /** The columns that a row which says nothing of them takes away, as null. */
  readonly cleared: Readonly<Record<string, null>>;
  readonly merges: boolean;
  readonly onlyNew: boolean;
  readonly takesExtra: boolean;
  readonly cites: boolean;
  readonly page: Cell | null;
  readonly quote: Cell | null;
  readonly certainty: Cell | null;
}

export interface FilePlan {
  readonly spec: FileSpec;
  readonly loads: readonly Load[];
  readonly skips: (cells: Cells) => boolean;
  /** Columns that something reads, or that are not wanted. */
  readonly used: ReadonlySet<string>;
  readonly deferred: boolean;
}

/** A mapping as it is carried out. */
export interface Plan {
  readonly files: readonly FilePlan[];
}
