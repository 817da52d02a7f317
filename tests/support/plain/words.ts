import {
  astFromValue,
  getNullableType,
  isInputObjectType,
  isListType,
  parseType,
  print,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/** How an argument's value comes with a document: in one variable, in one for each of its parts, or as it stands. */
export const wordings = ['variable', 'variable', 'parts', 'literal'] as const;
export type Wording = (typeof wordings)[number];

/** Gathers the variables of a document while its arguments are written. */
export class Words {
  readonly #declared: string[] = [];
  readonly values: Record<string, unknown> = {};

  constructor(
    readonly schema: GraphQLSchema,
    readonly wording: Wording,
  ) {}

  /** `query ($w: CompanyFilter)`, with all that was declared. */
  get head(): string {
    return this.#declared.length ? `query (${this.#declared.join(', ')})` : 'query';
  }

  variable(type: string, value: unknown): string {
    const name = `v${this.#declared.length}`;
    this.#declared.push(`$${name}: ${type}`);
    this.values[name] = value;
    return `$${name}`;
  }

  /** A value as it stands in the document. */
  value(type: string, value: unknown): string {
    if (this.wording === 'variable') return this.variable(type, value);
    const known = typeFromAST(this.schema, parseType(type) as never) as GraphQLInputType;
    return this.wording === 'literal' || value == null
      ? literal(known, value ?? null)
      : this.#parts(known, value);
  }

  #parts(type: GraphQLInputType, value: unknown): string {
    const own = getNullableType(type);
    if (isListType(own)) {
      const item = String(own.ofType);
      return `[${(value as unknown[]).map((each) => this.variable(item, each)).join(', ')}]`;
    }
    if (!isInputObjectType(own)) return this.variable(String(type), value);
    const fields = Object.entries(value as object).map(
      ([name, each]) =>
        `${name}: ${this.variable(String(own.getFields()[name]?.type), each as unknown)}`,
    );
    return `{ ${fields.join(', ')} }`;
  }
}

function literal(type: GraphQLInputType, value: unknown): string {
  const node = value === null ? null : astFromValue(value, type);
  return node ? print(node) : 'null';
}
