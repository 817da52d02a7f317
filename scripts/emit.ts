import 'reflect-metadata';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  getOperationAST,
  lexicographicSortSchema,
  parse,
  printSchema,
  type FieldNode,
  type OperationDefinitionNode,
} from 'graphql';
import { constraintsOf } from '../src/derive/constraints';
import { modelPage } from '../src/derive/model-page';
import { blueprint } from '../src/entities/blueprint';
import { mappingJsonSchema } from '../src/exchange/mapping/schema';
import { examples } from '../src/http/examples';
import { planRoot } from '../src/query/plan';
import { callsVerb } from '../src/query/verbs';
import { createParts } from '../src/server';

/** Writes what follows from the blueprint: the schema, the constraints, the statements of the examples, the model's page. */
const root = join(__dirname, '..');
const marked = '// Emitted by `npm run emit`; not to be edited.\n';
const parts = createParts(blueprint);

write(
  'schema/schema.graphql',
  `# Emitted by \`npm run emit\`; not to be edited.\n${printSchema(lexicographicSortSchema(parts.schema))}\n`,
);
write('cypher/constraints.cypher', `${marked}${constraintsOf(blueprint).join('\n')}\n`);
write('docs/model.md', modelPage(blueprint));
write('schema/mapping.schema.json', `${JSON.stringify(mappingJsonSchema(), null, 2)}\n`);

rmSync(join(root, 'cypher/derived'), { recursive: true, force: true });
for (const { title, query, variables = {} } of examples) {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const document = parse(query);
  const operation = getOperationAST(document) as OperationDefinitionNode;
  // A verb writes its own statements.
  if (callsVerb(parts, document, operation)) continue;
  const fields = operation.selectionSet.selections as FieldNode[];
  const texts = fields.map((field) => planRoot(parts, [field], {}, variables, new Map()).text);
  write(
    `cypher/derived/${name}.cypher`,
    `${marked}// ${title}\n${texts.map((text) => `${text};\n`).join('\n')}`,
  );
}

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}
