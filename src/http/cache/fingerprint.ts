import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
} from 'graphql';
import { digest } from './key';

type Field = GraphQLField<unknown, unknown> | GraphQLInputField;

/** What tells one server's answers from those of a server with another version or schema. */
export function fingerprintOf(schema: GraphQLSchema): string {
  const manifest = readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const types = Object.values(schema.getTypeMap()).map((type) =>
    isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
      ? `${type.name} ${Object.values<Field>(type.getFields())
          .map((field) => `${field.name}:${String(field.type)}`)
          .join()}`
      : type.name,
  );
  return digest(version, ...types.sort());
}
