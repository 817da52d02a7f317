import type { Noun } from '../../blueprint';
import { criterion } from '../../derive/lookup';
import { didYouMean } from '../../support/did-you-mean';
import type { CellCompiler, Path } from './cell-compiler';
import type { Question, RelationReader } from './plan';
import { writableRelations, writtenBy } from './relation';
import type { RelationSpec, ValueSpec } from './schema';

/** Where a load stands: its file and its place within that, from 0. */
interface LoadPlace {
  readonly fileAt: number;
  readonly at: number;
  readonly onlyNew: boolean;
}

/**
 * Compiles how rows of a noun lead on by one of its relations; undefined where something is wrong with it, which is told.
 * @param place of the load that it belongs to
 */
export function compileRelation(
  compiler: CellCompiler,
  noun: Noun,
  name: string,
  spec: RelationSpec,
  path: Path,
  place: LoadPlace,
): RelationReader | undefined {
  const field = noun.relations.get(name);
  const written = field && writtenBy(noun, field);
  if (!written || written.relation.provenance)
    return compiler.tell(
      path,
      `${noun.name} has no relation "${name}" that can be loaded.${didYouMean(name, writableRelations(noun)) || ` There are: ${writableRelations(noun).join(', ')}.`}`,
    );
  const nouns = written.others.filter((each) => !spec.noun || each.name === spec.noun);
  if (!nouns.length)
    return compiler.tell(
      [...path, 'noun'],
      `"${spec.noun}" is not where ${name} leads.${didYouMean(
        spec.noun ?? '',
        written.others.map((each) => each.name),
      )}`,
    );
  if (Boolean(spec.key) === Boolean(spec.find))
    return compiler.tell(path, 'names the other end by `key` or by `find`.');
  if (spec.settle && !spec.find)
    return compiler.tell(path, '`settle` decides what `find` leaves open.');
  if (spec.find && nouns.length > 1)
    return compiler.tell(
      path,
      `says by \`noun\` what it finds: ${nouns.map((each) => each.name).join(' or ')}.`,
    );
  const [first] = nouns as [Noun];
  const find = questions(compiler, first, spec.find ?? {}, [...path, 'find']);
  const settle = questions(compiler, first, spec.settle ?? {}, [...path, 'settle'], true);
  const deferred = loadedLater(compiler, nouns, place, Boolean(spec.find));
  if (deferred && place.onlyNew)
    return compiler.tell(
      path,
      `leads to what is loaded later, which a load with \`onlyNew\` cannot wait for: put ${first.name} before it.`,
    );
  return {
    field: name,
    written,
    nouns,
    key: spec.key ? compiler.cells(spec.key, [...path, 'key']) : null,
    find,
    settle,
    edge: Object.entries(spec.edge ?? {}).flatMap(([each, value]) => {
      const property = written.relation.edge.find((one) => one.name === each);
      if (!property) {
        compiler.tell(
          [...path, 'edge', each],
          `the relationship has no "${each}".${didYouMean(
            each,
            written.relation.edge.map((one) => one.name),
          )}`,
        );
        return [];
      }
      const cell = compiler.cell(value, [...path, 'edge', each], property);
      return cell ? [[property, cell] as const] : [];
    }),
    optional: Boolean(spec.optional),
    deferred,
  };
}

/** What is asked of the other end; `own` where only its own fields may be. */
function questions(
  compiler: CellCompiler,
  noun: Noun,
  specs: Readonly<Record<string, ValueSpec>>,
  path: Path,
  own = false,
): Question[] {
  return Object.entries(specs).flatMap(([name, spec]) => {
    const found = criterion(noun, name);
    if (!found || (own && found.relation)) {
      compiler.tell(
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
    const cell = compiler.cell(spec, [...path, name], { ...property, kind });
    return cell ? [{ criterion: found, cell }] : [];
  });
}

/** Whether what a relation leads to is, or may be, loaded only afterwards. */
function loadedLater(
  { given }: CellCompiler,
  nouns: readonly Noun[],
  { fileAt, at }: LoadPlace,
  looked: boolean,
): boolean {
  return given.mapping.files.some((file, index) =>
    file.loads.some((load, place) => {
      if (!nouns.some((noun) => noun.name === load.noun)) return false;
      if (index !== fileAt) return index > fileAt;
      return looked || place >= at;
    }),
  );
}
