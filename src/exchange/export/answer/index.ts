import { Kind, parse, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { Fault } from '../../../errors';
import type { Engine } from '../../../query/engine';
import type { Sink } from '../files';
import { pictureFormats, type PictureFormat } from '../pictures/formats';
import { pictureQuery, type Picture } from '../pictures/picture';
import { ask, rowsOfQuestion, type Asking } from './ask';
import { columnsOf } from './columns';
import { objectOf, type Question } from './question';
import { rowFormats, type RowFormat } from './row-formats';
import { provenanceOf, type Provenance } from './sources';

/** All ways to write an answer down: rows, or a picture. */
export const answerFormats: readonly (RowFormat | PictureFormat)[] = [
  ...rowFormats,
  ...pictureFormats,
];

/** What an export of an answer held. */
export interface AnswerReport extends Provenance {
  readonly rows: number;
  /** Lists within rows that hold more than was asked for: in how many rows. */
  readonly cut: ReadonlyMap<string, number>;
  readonly notes: readonly string[];
  /** False where something was written to the graph between two pages. */
  readonly still: boolean;
}

/**
 * Writes the answer of a question down; of a list every page, not just the first. Streams.
 * @param most rows at the most; unlimited unless told
 * @throws Fault where the format does not fit what is asked
 */
export async function exportAnswer(
  engine: Engine,
  question: Question,
  format: RowFormat | PictureFormat,
  begin: () => Promise<Sink>,
  most = Infinity,
): Promise<AnswerReport> {
  const isPicture = objectOf(question)?.name === 'Graph';
  const asking: Asking = {
    datasets: new Set(),
    cut: new Map(),
    revisions: new Set(),
    notes: new Set(),
  };
  if ('write' in format && !isPicture)
    throw new Fault(
      'BAD_USER_INPUT',
      `${format.name} is of a picture, which "graph" gives; "${question.field.name}" gives none. Write it as ${names(rowFormats)}.`,
    );
  if (!('write' in format) && isPicture)
    throw new Fault(
      'BAD_USER_INPUT',
      `A picture has nodes and lines, and ${format.name} has rows alone. Write it as ${names(pictureFormats)}.`,
    );
  const rows =
    'write' in format
      ? await writePicture(engine, question, format, begin, asking)
      : await writeRows(engine, question, format, begin, asking, most);
  const provenance = await provenanceOf(engine.graph, asking.datasets);
  return {
    ...provenance,
    rows,
    cut: asking.cut,
    notes: [...asking.notes],
    still: asking.revisions.size < 2,
  };
}

const names = (formats: readonly { readonly name: string }[]): string =>
  formats.map(({ name }) => name).join(', ');

async function writeRows(
  engine: Engine,
  question: Question,
  format: RowFormat,
  begin: () => Promise<Sink>,
  asking: Asking,
  most: number,
): Promise<number> {
  const columns = columnsOf(engine.parts.schema, question);
  let count = 0;
  let file: Awaited<ReturnType<RowFormat['open']>> | undefined;
  // The file is begun when the first answer is there: a question that fails leaves nothing behind.
  for await (const row of rowsOfQuestion(engine, question, asking, most)) {
    file ??= await format.open(await begin(), columns);
    await file.row(row);
    count++;
  }
  file ??= await format.open(await begin(), columns);
  await file.end();
  return count;
}

/** Asks for the same picture with all that a file of one holds. */
async function writePicture(
  engine: Engine,
  question: Question,
  format: PictureFormat,
  begin: () => Promise<Sink>,
  asking: Asking,
): Promise<number> {
  const picture = (await ask(engine, question, asPicture(question), undefined, asking)) as Picture;
  const sink = await begin();
  await sink.write(format.write(picture));
  await sink.end();
  return picture.nodes.length;
}

function asPicture({ document, root }: Question): DocumentNode {
  const whole = parse(pictureQuery).definitions[0] as OperationDefinitionNode;
  const [field] = whole.selectionSet.selections;
  const selectionSet = field?.kind === Kind.FIELD ? field.selectionSet : undefined;
  const changed = visit(document, {
    Field: (each) => (each.loc?.start === root.loc?.start ? { ...each, selectionSet } : undefined),
  });
  return { ...changed, loc: undefined };
}
