import type { Blueprint, Noun, PropertyDef } from '../../blueprint';
import { didYouMean } from '../../support/did-you-mean';
import { unsaidOf } from '../check/row';
import type { RowFault } from '../fault';
import { CellCompiler, type Path } from './cell-compiler';
import { compileRelation } from './compile-relation';
import type { FieldReader, FilePlan, Load, Plan } from './plan';
import { MappingFaults, type MappingFile } from './read-mapping';
import { origins, type FileSpec, type LoadSpec, type ValueSpec } from './schema';
import { compileSkips } from './skips';

/**
 * Checks a mapping against the nouns and compiles it.
 * @throws MappingFaults with every fault, each with its line
 */
export function compileMapping(blueprint: Blueprint, file: MappingFile): Plan {
  const faults: RowFault[] = [];
  const compiler = new Compiler(blueprint, new CellCompiler(file, faults));
  const files = file.mapping.files.map((spec, index) => compiler.file(spec, index));
  if (faults.length) throw new MappingFaults(faults);
  return { files };
}

class Compiler {
  constructor(
    readonly blueprint: Blueprint,
    readonly cells: CellCompiler,
  ) {}

  file(spec: FileSpec, index: number): FilePlan {
    const path: Path = ['files', index];
    const loads = spec.loads.flatMap(
      (load, at) => this.#load(load, [...path, 'loads', at], spec, index, at) ?? [],
    );
    return {
      spec,
      loads,
      skips: compileSkips(this.cells, spec, path),
      used: new Set([
        ...(spec.ignore ?? []),
        ...(spec.skip ?? []).map(({ column }) => column),
        ...loads.flatMap(columnsOfLoad),
      ]),
      deferred: loads.some((load) => load.relations.some((each) => each.deferred)),
    };
  }

  #load(spec: LoadSpec, path: Path, file: FileSpec, fileAt: number, at: number): Load | undefined {
    const noun = this.blueprint.nouns.find((each) => each.name === spec.noun);
    if (!noun || !noun.root) {
      const names = this.blueprint.nouns.flatMap((each) => (each.root ? each.name : []));
      const players = this.blueprint.nouns.flatMap((each) =>
        each.interfaces.includes(spec.noun) ? each.name : [],
      );
      return this.cells.tell(
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
        this.cells.tell(path, `a ${noun.name} needs a ${name}, and no field makes one.`);
    const fields = Object.entries(spec.fields ?? {}).flatMap(
      ([name, value]) => this.#field(noun, name, value, [...path, 'fields', name], spec) ?? [],
    );
    return {
      noun,
      key: this.cells.key(spec.key, [...path, 'key']),
      fields,
      cleared: unsaidOf(fields.flatMap(({ property, clears }) => (clears ? property : []))),
      relations: Object.entries(spec.relations ?? {}).flatMap(([name, given]) =>
        [given].flat().flatMap(
          (each) =>
            compileRelation(this.cells, noun, name, each, [...path, 'relations', name], {
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
        spec.page === undefined
          ? null
          : (this.cells.cell(spec.page, [...path, 'page'], page) ?? null),
      quote:
        spec.quote === undefined ? null : (this.cells.cell(spec.quote, [...path, 'quote']) ?? null),
      certainty:
        fact && file.certainty !== undefined
          ? (this.cells.cell(
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
      return this.cells.tell(
        path,
        `${noun.name} has no field "${name}" that can be loaded.${didYouMean(
          name,
          [...noun.properties.keys()].filter((each) => each !== 'key'),
        )}${noun.relations.has(name) ? ' It is a relation: see `relations`.' : ''}`,
      );
    // Where several loads speak of one field, none of them takes away what another said.
    const speakers = this.cells.given.mapping.files
      .flatMap((file) => file.loads)
      .filter((each) => each.noun === noun.name && each.fields?.[name] !== undefined);
    const clears = speakers.length === 1 && load.repeats !== 'merge' && !load.onlyNew;
    if (property.kind === 'pairs') {
      if (typeof value === 'string' || isValueOptions(value))
        return this.cells.tell(path, 'is a list of names with a value each: scheme: column.');
      const cells = Object.entries(value as Record<string, ValueSpec>).flatMap(([scheme, each]) => {
        const cell = this.cells.cell(each, [...path, scheme]);
        return cell ? [[scheme, cell] as const] : [];
      });
      return { property, cells, clears };
    }
    const cell = this.cells.cell(value, path, property);
    return cell && { property, cells: [[name, cell]], clears };
  }
}

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
