import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { ParquetColumn, ParquetType } from '../parquet/file';
import { isConnection } from './instrument';
import type { Question } from './question';

/** A column of an answer's table: where its value lies in a row. */
export interface AnswerColumn extends ParquetColumn {
  readonly path: readonly string[];
}

const types: Readonly<Record<string, ParquetType>> = {
  Int: 'whole',
  Float: 'number',
  Boolean: 'truth',
  PartialDate: 'date',
};

/** A field that was asked for: its name in the answer, its type, and what was asked of it. */
interface Asked {
  readonly key: string;
  readonly type: GraphQLOutputType;
  readonly sets: SelectionSetNode[];
}

/** The columns of the rows that a question asks for, known before the first row comes. */
export function columnsOf(schema: GraphQLSchema, question: Question): AnswerColumn[] {
  const walk = new Walk(schema, question);
  const root = question.root.selectionSet;
  const row = walk.rowOf({ key: '', type: question.field.type, sets: root ? [root] : [] });
  const columns = row.sets.length ? walk.columns(row, []) : [];
  return columns.length ? columns : [{ ...walk.leaf(row.type), name: 'value', path: [] }];
}

class Walk {
  constructor(
    readonly schema: GraphQLSchema,
    readonly question: Question,
  ) {}

  /** What one row of a list is: an item of a connection or of a plain list. */
  rowOf(asked: Asked): Asked {
    if (!isConnection(getNamedType(asked.type))) return asked;
    const below = this.#fields(asked);
    return (
      below.find(({ key }) => key === 'nodes') ?? below.find(({ key }) => key === 'edges') ?? asked
    );
  }

  columns(asked: Asked, before: readonly string[]): AnswerColumn[] {
    return this.#fields(asked).flatMap((each): AnswerColumn[] => {
      const path = [...before, each.key];
      const name = path.join('.');
      const item = this.rowOf(each);
      const list = item !== each || isListType(getNullableType(each.type));
      if (!isCompositeType(getNamedType(each.type)))
        return [{ ...this.leaf(each.type), name, path }];
      if (!list) return this.columns(each, path);
      const [only, ...others] = this.#fields(item);
      const single =
        only && !others.length && !isCompositeType(getNamedType(only.type)) && this.leaf(only.type);
      return single && !single.list
        ? [{ ...single, list: true, name, path }]
        : [{ type: 'json', name, path }];
    });
  }

  leaf(type: GraphQLOutputType): Pick<ParquetColumn, 'type' | 'list'> {
    const named = getNamedType(type);
    const list = isListType(getNullableType(type));
    if (isCompositeType(named)) return { type: 'json' };
    return { type: isEnumType(named) ? 'text' : (types[named.name] ?? 'text'), list };
  }

  /** The fields that are asked of an object, whatever fragments they stand in. */
  #fields({ type, sets }: Asked): Asked[] {
    const found = new Map<string, Asked>();
    const own = getNamedType(type);
    for (const set of sets) this.#gather(own, set, found);
    return [...found.values()];
  }

  #gather(type: GraphQLNamedType, set: SelectionSetNode, found: Map<string, Asked>): void {
    for (const each of set.selections) {
      if (each.kind === Kind.FIELD) this.#field(type, each, found);
      else {
        const fragment =
          each.kind === Kind.FRAGMENT_SPREAD ? this.#fragment(each.name.value) : each;
        if (!fragment) continue;
        const on = fragment.typeCondition?.name.value;
        const within = on === undefined ? type : (this.schema.getType(on) ?? type);
        this.#gather(within, fragment.selectionSet, found);
      }
    }
  }

  #field(type: GraphQLNamedType, field: FieldNode, found: Map<string, Asked>): void {
    const key = field.alias?.value ?? field.name.value;
    const def =
      isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
    const of = def?.type ?? this.schema.getType('String');
    const known = found.get(key) ?? { key, type: of as GraphQLOutputType, sets: [] };
    found.set(key, known);
    if (field.selectionSet) known.sets.push(field.selectionSet);
  }

  #fragment(name: string): FragmentDefinitionNode | undefined {
    return this.question.document.definitions.find(
      (each): each is FragmentDefinitionNode =>
        each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name,
    );
  }
}
