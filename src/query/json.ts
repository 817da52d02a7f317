import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLLeafType,
} from 'graphql';

/** An answer's `data` that is JSON text already. */
export class Json {
  constructor(readonly text: string) {}

  /** So that whoever does not know better still gets the right thing. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

/** A result as JSON; what is text already is put in as it stands. */
export function stringify(result: object): string {
  const parts = Object.entries(result).flatMap(([name, value]) => {
    const text = value instanceof Json ? value.text : JSON.stringify(value);
    return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
  });
  return `{${parts.join(',')}}`;
}

// Escaped are quotes, backslashes, controls and, where they stand alone, surrogates.
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A string as JSON.stringify writes it. */
export function quoted(text: string): string {
  return special.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** A value of a scalar or enum as JSON; undefined where it is not plainly one of its values. */
export type LeafText = (value: unknown) => string | undefined;

/** How values of a type are written without asking the type; of a scalar that is not built in, none is. */
export function leafText(type: GraphQLLeafType): LeafText {
  if (isEnumType(type)) {
    const texts = new Map(type.getValues().map(({ name, value }) => [value, quoted(name)]));
    return (value) => texts.get(value);
  }
  switch (type) {
    case GraphQLString:
    case GraphQLID:
      return (value) => (typeof value === 'string' ? quoted(value) : undefined);
    case GraphQLFloat:
      return (value) => (Number.isFinite(value) ? String(value) : undefined);
    case GraphQLInt:
      return (value) => ((value as number) === ((value as number) | 0) ? String(value) : undefined);
    case GraphQLBoolean:
      return (value) => (value === true ? 'true' : value === false ? 'false' : undefined);
    default:
      return () => undefined;
  }
}
