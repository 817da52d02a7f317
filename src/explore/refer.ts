import { badInput, quote } from '../errors';
import { fromGlobalId } from '../support/global-id';

/** A noun and a key. */
export type Name = readonly [noun: string, key: string];

/** What an id in an argument names. */
export function refer(argument: string, id: string): Name {
  const reference = fromGlobalId(id);
  if (!reference)
    throw badInput(
      argument,
      `${quote(id)} is not an id. Ids come from the field "id", or are written as Company:alibaba.`,
    );
  return [reference.type, reference.key];
}
