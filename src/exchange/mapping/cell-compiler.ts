import type { PropertyDef } from '../../blueprint';
import type { RowFault } from '../fault';
import { compileCell, type Cell } from './cell';
import type { MappingFile } from './read-mapping';
import type { ValueSpec } from './schema';

/** A place in a mapping: names of its fields, and numbers of items from 0. */
export type Path = readonly (string | number)[];

/** Compiles the values of one mapping. What is wrong with one is told with its line, and the value left out. */
export class CellCompiler {
  /** Words that stand for nothing in all files, folded. */
  readonly unknown: ReadonlySet<string>;

  constructor(
    readonly given: MappingFile,
    readonly faults: RowFault[],
  ) {
    this.unknown = new Set((given.mapping.unknown ?? []).map((word) => word.trim().toLowerCase()));
  }

  /** Tells what is wrong at a place. */
  tell(path: Path, message: string): undefined {
    this.faults.push(this.given.fault(path, message));
    return undefined;
  }

  /** How a value is read for a property; undefined where something is wrong with it. */
  cell(spec: ValueSpec, path: Path, aim?: PropertyDef): Cell | undefined {
    if (aim && !isList(aim) && typeof spec === 'object' && spec.split !== undefined)
      return this.tell(path, `${aim.name} is one value, which cannot be \`split\`.`);
    try {
      return compileCell(spec, this.unknown, aim);
    } catch (error) {
      return this.tell(path, (error as Error).message);
    }
  }

  /** The parts of a node's own key, which is one text. */
  key(specs: ValueSpec | readonly ValueSpec[], path: Path): Cell[] {
    if ([specs].flat().some((each) => typeof each === 'object' && each.split !== undefined))
      this.tell(path, 'is one text, which cannot be `split`.');
    return this.cells(specs, path);
  }

  /** How the parts of one value are read, those left out with which something is wrong. */
  cells(specs: ValueSpec | readonly ValueSpec[], path: Path): Cell[] {
    return [specs].flat().flatMap((spec) => this.cell(spec, path) ?? []);
  }
}

const isList = ({ kind }: PropertyDef): boolean => kind === 'strings' || kind === 'enums';
