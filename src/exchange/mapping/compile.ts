import type { Blueprint, Noun, PropertyDef } from '../../blueprint';
import { criterion, type Criterion } from '../../derive/lookup';
import { didYouMean } from '../../support/did-you-mean';
import { asText } from '../../support/as-text';
import { eachOf } from '../source/unfold';
import { unsaidOf } from '../check/row';
import { at, compileCell, type Cell, type Cells } from './cell';
import { MappingFaults, type MappingFile } from './read-mapping';
import { writableRelations, writtenBy, type Written } from './relation';
import { origins, type FileSpec, type LoadSpec, type RelationSpec, type ValueSpec } from './schema';
import type { RowFault } from '../fault';

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

type Path = readonly (string | number)[];

/**
 * Checks a mapping against the nouns and compiles it.
 * @throws MappingFaults with every fault, each with its line
 */
export function compileMapping(blueprint: Blueprint, file: MappingFile): Plan {
  const faults: RowFault[] = [];
  const compiler = new Compiler(blueprint, file, faults);
  const files = file.mapping.files.map((spec, index) => compiler.file(spec, index));
  if (faults.length) throw new MappingFaults(faults);
  return { files };
}

class Compiler {
  readonly #unknown: ReadonlySet<string>;

  constructor(
    readonly blueprint: Blueprint,
    readonly given: MappingFile,
    readonly faults: RowFault[],
  ) {
    this.#unknown = new Set((given.mapping.unknown ?? []).map((word) => word.trim().toLowerCase()));
  }

  #tell(path: Path, message: string): undefined {
    this.faults.push(this.given.fault(path, message));
    return undefined;
  }

  file(spec: FileSpec, index: number): FilePlan {
    const path: Path = ['files', index];
    const loads = spec.loads.flatMap(
      (load, at) => this.#load(load, [...path, 'loads', at], spec, index, at) ?? [],
    );
    return {
      spec,
      loads,
      skips: this.#skips(spec, path),
      used: new Set([
        ...(spec.ignore ?? []),
        ...(spec.skip ?? []).map(({ column }) => column),
        ...loads.flatMap(columnsOfLoad),
      ]),
      deferred: loads.some((load) => load.relations.some((each) => each.deferred)),
    };
  }

  #cell(spec: ValueSpec, path: Path, aim?: PropertyDef): Cell | undefined {
    if (aim && !isList(aim) && typeof spec === 'object' && spec.split !== undefined)
      return this.#tell(path, `${aim.name} is one value, which cannot be \`split\`.`);
    try {
      return compileCell(spec, this.#unknown, aim);
    } catch (error) {
      return this.#tell(path, (error as Error).message);
    }
  }

  /** The parts of a node's own key, which is one text. */
  #key(specs: ValueSpec | readonly ValueSpec[], path: Path): Cell[] {
    if ([specs].flat().some((each) => typeof each === 'object' && each.split !== undefined))
      this.#tell(path, 'is one text, which cannot be `split`.');
    return this.#cells(specs, path);
  }

  #cells(specs: ValueSpec | readonly ValueSpec[], path: Path): Cell[] {
    return [specs].flat().flatMap((spec) => this.#cell(spec, path) ?? []);
  }

  #load(spec: LoadSpec, path: Path, file: FileSpec, fileAt: number, at: number): Load | undefined {
    const noun = this.blueprint.nouns.find((each) => each.name === spec.noun);
    if (!noun || !noun.root) {
      const names = this.blueprint.nouns.flatMap((each) => (each.root ? each.name : []));
      const players = this.blueprint.nouns.flatMap((each) =>
        each.interfaces.includes(spec.noun) ? each.name : [],
      );
      return this.#tell(
        [...path, 'noun'],
        players.length
          ? `"${spec.noun}" is what several nouns are: say which, ${players.join(' or ')}.`
          : `"${spec.noun}" is no noun.${didYouMean(spec.noun, names)}`,
      );
    }
    const fact = noun.interfaces.includes('Fact');
    const last = file.loads.findLastIndex((each) => !each.onlyNew);
    for (const { name, required } of noun.properties.values())
      if (required && !given.has(name) && spec.fields?.[name] === undefined)
        this.#tell(path, `a ${noun.name} needs a ${name}, and no field makes one.`);
    const fields = Object.entries(spec.fields ?? {}).flatMap(
      ([name, value]) => this.#field(noun, name, value, [...path, 'fields', name], spec) ?? [],
    );
    return {
      noun,
      key: this.#key(spec.key, [...path, 'key']),
      fields,
      cleared: unsaidOf(fields.flatMap(({ property, clears }) => (clears ? property : []))),
      relations: Object.entries(spec.relations ?? {}).flatMap(([name, given]) =>
        [given].flat().flatMap(
          (each) =>
            this.#relation(noun, name, each, [...path, 'relations', name], {
              fileAt,
              at,
              onlyNew: Boolean(spec.onlyNew),
            }) ?? [],
        ),
      ),
      merges: spec.repeats === 'merge' || Boolean(spec.onlyNew),
      onlyNew: Boolean(spec.onlyNew),
      takesExtra: spec.extra ?? (!file.loads.some((each) => each.extra) && at === last),
      cites: spec.cite ?? fact,
      page:
        spec.page === undefined ? null : (this.#cell(spec.page, [...path, 'page'], page) ?? null),
      quote: spec.quote === undefined ? null : (this.#cell(spec.quote, [...path, 'quote']) ?? null),
      certainty:
        fact && file.certainty !== undefined
          ? (this.#cell(
              file.certainty,
              ['files', fileAt, 'certainty'],
              noun.properties.get('certainty'),
            ) ?? null)
          : null,
    };
  }

  #field(
    noun: Noun,
    name: string,
    value: ValueSpec | Record<string, ValueSpec>,
    path: Path,
    load: LoadSpec,
  ): FieldReader | undefined {
    const property = noun.properties.get(name);
    if (!property || name === 'key' || name === 'datasets')
      return this.#tell(
        path,
        `${noun.name} has no field "${name}" that can be loaded.${didYouMean(
          name,
          [...noun.properties.keys()].filter((each) => each !== 'key'),
        )}${noun.relations.has(name) ? ' It is a relation: see `relations`.' : ''}`,
      );
    // Where several loads speak of one field, none of them takes away what another said.
    const speakers = this.given.mapping.files
      .flatMap((file) => file.loads)
      .filter((each) => each.noun === noun.name && each.fields?.[name] !== undefined);
    const clears = speakers.length === 1 && load.repeats !== 'merge' && !load.onlyNew;
    if (property.kind === 'pairs') {
      if (typeof value === 'string' || isValueOptions(value))
        return this.#tell(path, 'is a list of names with a value each: scheme: column.');
      const cells = Object.entries(value as Record<string, ValueSpec>).flatMap(([scheme, each]) => {
        const cell = this.#cell(each, [...path, scheme]);
        return cell ? [[scheme, cell] as const] : [];
      });
      return { property, cells, clears };
    }
    const cell = this.#cell(value, path, property);
    return cell && { property, cells: [[name, cell]], clears };
  }

  #relation(
    noun: Noun,
    name: string,
    spec: RelationSpec,
    path: Path,
    { fileAt, at, onlyNew }: { fileAt: number; at: number; onlyNew: boolean },
  ): RelationReader | undefined {
    const field = noun.relations.get(name);
    const written = field && writtenBy(noun, field);
    if (!written || written.relation.provenance)
      return this.#tell(
        path,
        `${noun.name} has no relation "${name}" that can be loaded.${didYouMean(name, writableRelations(noun)) || ` There are: ${writableRelations(noun).join(', ')}.`}`,
      );
    const nouns = written.others.filter((each) => !spec.noun || each.name === spec.noun);
    if (!nouns.length)
      return this.#tell(
        [...path, 'noun'],
        `"${spec.noun}" is not where ${name} leads.${didYouMean(
          spec.noun ?? '',
          written.others.map((each) => each.name),
        )}`,
      );
    if (Boolean(spec.key) === Boolean(spec.find))
      return this.#tell(path, 'names the other end by `key` or by `find`.');
    if (spec.settle && !spec.find)
      return this.#tell(path, '`settle` decides what `find` leaves open.');
    if (spec.find && nouns.length > 1)
      return this.#tell(
        path,
        `says by \`noun\` what it finds: ${nouns.map((each) => each.name).join(' or ')}.`,
      );
    const [first] = nouns as [Noun];
    const find = this.#questions(first, spec.find ?? {}, [...path, 'find']);
    const settle = this.#questions(first, spec.settle ?? {}, [...path, 'settle'], true);
    const deferred = this.#loadedLater(nouns, fileAt, at, Boolean(spec.find));
    if (deferred && onlyNew)
      return this.#tell(
        path,
        `leads to what is loaded later, which a load with \`onlyNew\` cannot wait for: put ${first.name} before it.`,
      );
    return {
      field: name,
      written,
      nouns,
      key: spec.key ? this.#cells(spec.key, [...path, 'key']) : null,
      find,
      settle,
      edge: Object.entries(spec.edge ?? {}).flatMap(([each, value]) => {
        const property = written.relation.edge.find((one) => one.name === each);
        if (!property) {
          this.#tell(
            [...path, 'edge', each],
            `the relationship has no "${each}".${didYouMean(
              each,
              written.relation.edge.map((one) => one.name),
            )}`,
          );
          return [];
        }
        const cell = this.#cell(value, [...path, 'edge', each], property);
        return cell ? [[property, cell] as const] : [];
      }),
      optional: Boolean(spec.optional),
      deferred,
    };
  }

  #questions(
    noun: Noun,
    specs: Readonly<Record<string, ValueSpec>>,
    path: Path,
    own = false,
  ): Question[] {
    return Object.entries(specs).flatMap(([name, spec]) => {
      const found = criterion(noun, name);
      if (!found || (own && found.relation)) {
        this.#tell(
          [...path, name],
          `${noun.name} cannot be found by "${name}"${own ? ' here' : ''}.${didYouMean(name, [
            ...noun.properties.keys(),
            ...[...noun.relations.keys()].map((each) => `${each}.name`),
          ])}`,
        );
        return [];
      }
      const { property, column } = found;
      const kind =
        property.kind === 'money'
          ? column.endsWith('Amount')
            ? 'float'
            : 'currency'
          : property.kind;
      const cell = this.#cell(spec, [...path, name], { ...property, kind });
      return cell ? [{ criterion: found, cell }] : [];
    });
  }

  /** Whether what a relation leads to is, or may be, loaded only afterwards. */
  #loadedLater(nouns: readonly Noun[], fileAt: number, at: number, looked: boolean): boolean {
    return this.given.mapping.files.some((file, index) =>
      file.loads.some((load, place) => {
        if (!nouns.some((noun) => noun.name === load.noun)) return false;
        if (index !== fileAt) return index > fileAt;
        return looked || place >= at;
      }),
    );
  }

  #skips(spec: FileSpec, path: Path): (cells: Cells) => boolean {
    const tests = (spec.skip ?? []).map(({ column, is, isNot, matches, empty }, index) => {
      const yes = is === undefined ? null : new Set([is].flat());
      const no = isNot === undefined ? null : new Set([isNot].flat());
      let form: RegExp | null = null;
      if (matches !== undefined)
        try {
          form = new RegExp(matches, 'u');
        } catch (error) {
          this.#tell([...path, 'skip', index, 'matches'], `${(error as Error).message}.`);
        }
      if (!yes && !no && matches === undefined && empty === undefined)
        this.#tell([...path, 'skip', index], 'says when: is, isNot, matches or empty.');
      const read = at(column);
      return (cells: Cells) => {
        const text = asText(read(cells)).trim();
        return (
          Boolean(yes?.has(text)) ||
          Boolean(no && !no.has(text)) ||
          Boolean(form?.test(text)) ||
          (empty !== undefined && empty === (text === ''))
        );
      };
    });
    // A row without any item of the list whose items are loaded makes none of them.
    const item =
      spec.each === undefined ? null : compileCell(eachOf(spec.each).column, this.#unknown);
    if (item) tests.push((cells) => item.read(cells, () => undefined) === null);
    return (cells) => tests.some((test) => test(cells));
  }
}

const isList = ({ kind }: PropertyDef): boolean => kind === 'strings' || kind === 'enums';

/** What every row is given, whatever the mapping says. */
const given: ReadonlySet<string> = new Set(['key', 'certainty']);

const page: PropertyDef = { name: 'page', kind: 'int', description: '' };

function isValueOptions(value: object): boolean {
  return origins.some(
    (name) => name in value && typeof (value as Record<string, unknown>)[name] !== 'object',
  );
}

function columnsOfLoad(load: Load): string[] {
  const cells = [
    ...load.key,
    ...load.fields.flatMap((field) => field.cells.map(([, cell]) => cell)),
    ...load.relations.flatMap((relation) => [
      ...(relation.key ?? []),
      ...relation.find.map(({ cell }) => cell),
      ...relation.settle.map(({ cell }) => cell),
      ...relation.edge.map(([, cell]) => cell),
    ]),
    ...[load.page, load.quote, load.certainty].flatMap((cell) => cell ?? []),
  ];
  return cells
    .flatMap((cell) => cell.columns.map((name) => name.split('.')[0] as string))
    .concat(cells.flatMap((cell) => cell.columns));
}
