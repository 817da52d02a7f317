import type { Blueprint } from '../../blueprint';
import { bulkKeys } from '../../derive/bulk';
import { quote } from '../../errors';
import type { Graph } from '../../graph/graph';
import { checkRow } from '../check/row';
import type { RowFault } from '../fault';
import type { Columns } from '../load/layers';
import type { NodeWrite } from '../load/nodes';
import { pack } from '../load/pack';
import { MappingFaults, type MappingFile } from '../mapping/read-mapping';
import { slug } from '../mapping/slug';
import type { SurveyedFile } from '../source/files';

/** The files of an import as sources of the graph: each is one of its own, unless the mapping names one that is there. */
export class FileSources {
  constructor(
    readonly blueprint: Blueprint,
    readonly given: MappingFile,
    readonly dataset: string,
  ) {}

  /** The key of the Source that a file is: `my-companies/list.csv`. */
  keyOf({ plan, name }: SurveyedFile): string {
    return plan.spec.source ?? `${this.dataset}/${name.split(/[\\/]/).map(slug).join('/')}`;
  }

  /**
   * The sources that are to be made, with the digests of their files.
   * @throws MappingFaults where what the mapping says of them cannot be
   */
  rows(files: readonly SurveyedFile[]): NodeWrite[] {
    const noun = this.blueprint.get('Source');
    const { title, publisher, publishedOn, url, licence } = this.given.mapping.source ?? {};
    const faults: RowFault[] = [];
    const rows = files.flatMap((file) => {
      if (file.plan.spec.source !== undefined) return [];
      const values = {
        key: this.keyOf(file),
        name: title ? `${title}: ${file.name}` : file.name,
        title,
        publisher,
        publishedOn,
        url,
        licence,
        sha256: file.sha256,
      };
      const raw = { file: file.name, line: 0, noun: noun.name, values };
      const checked = checkRow(this.blueprint, raw, faults);
      return checked ? [{ key: checked.key, columns: withoutKey(checked.columns) }] : [];
    });
    if (faults.length)
      throw new MappingFaults(
        faults
          .slice(0, 1)
          .map(({ field, message }) => this.given.fault(['source', field], message)),
      );
    return rows;
  }

  /** @throws MappingFaults where files are to be sources that are not in the graph */
  async check(graph: Graph, files: readonly SurveyedFile[]): Promise<void> {
    const { blueprint, given } = this;
    const keys = files.flatMap(({ plan }) => plan.spec.source ?? []);
    if (!keys.length) return;
    const { p } = pack([{ name: 'keys', full: true, values: keys }]);
    const { rows } = await graph.read(bulkKeys(blueprint.get('Source')), p);
    const lost = given.mapping.files.flatMap(({ source }, at) =>
      source === undefined || !keys.includes(source) || rows.includes(source)
        ? []
        : given.fault(['files', at, 'source'], `${quote(source)} is no Source in the graph.`),
    );
    if (lost.length) throw new MappingFaults(lost);
  }
}

function withoutKey(columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).filter(([name]) => name !== 'key' && name !== 'keyFolded'),
  );
}
