import { Kind, type OperationDefinitionNode, type TypeNode } from 'graphql';
import { drawnBound } from '../../../explore/graph/schema';
import { tooMuch } from '../refusal';
import type { Limits } from '../table';
import type { Given } from './arguments';

/** Lists that are long by nature: a picture tells where its nodes stand. */
const long: Readonly<Record<string, number>> = { Position: drawnBound.most };

/**
 * Checks the lists that variables hold, at any depth.
 * @throws Fault `LIMIT_EXCEEDED`, status 400, that names the variable
 */
export function checkLists(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Given,
  limits: Limits,
): void {
  for (const { variable, type } of variableDefinitions) {
    const name = variable.name.value;
    const longest = longestList(variables[name]);
    const most = Math.max(limits.maxList, long[nameOf(type)] ?? 0);
    if (longest > most) throw tooMuch(`Items of a list in $${name}`, longest, most);
  }
}

function longestList(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>(
    (most, each) => Math.max(most, longestList(each)),
    Array.isArray(value) ? value.length : 0,
  );
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
