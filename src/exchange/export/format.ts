import type { Blueprint } from '../../blueprint';
import type { Files } from './files';
import type { Content } from './items';

/** A way to write the graph down. */
export interface Format {
  /** As `--format` takes it. */
  readonly name: string;
  readonly meaning: string;
  /** How its one file ends; null where it takes several, and so a folder. */
  readonly extension: string | null;
  write(content: Content, blueprint: Blueprint, files: Files): Promise<void>;
}
