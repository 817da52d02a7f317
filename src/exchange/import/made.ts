import type { Columns } from '../load/layers';
import type { CheckedCitation } from '../check/citation';
import type { Load, RelationReader } from '../mapping/plan';
import type { RowFault } from '../fault';
import type { Cells } from '../mapping/cell';
import type { Stored } from '../../blueprint/storage';

/** Where a made node is to lead: by key, or by what the other end says. */
export interface Ref {
  readonly relation: RelationReader;
  readonly key: string | null;
  readonly find: readonly Stored[];
  readonly settle: readonly Stored[];
  readonly edge: Columns;
}

/** What a row makes of one load. */
export interface Made {
  readonly load: Load;
  readonly key: string;
  readonly columns: Columns;
  /** The key came by before, in this load or an earlier one of the noun. */
  readonly again: boolean;
  readonly refs: readonly Ref[];
  readonly citations: readonly CheckedCitation[];
}

/** A row of a file, made into nodes, or faulty. */
export interface MadeRow {
  readonly row: number;
  readonly line: number;
  readonly cells: Cells;
  readonly made: readonly Made[];
  readonly faults: readonly RowFault[];
  readonly notes: readonly RowFault[];
}
