import type { PropertyDef } from '../blueprint';
import { plainColumns, store, valueOf, type Stored } from '../blueprint/storage';
import { quote } from '../errors';
import { checkValue } from '../exchange/check/value';
import type { Columns } from '../exchange/load/layers';
import { NodeRef } from '../query/reference';
import type { Target } from './context';
import { conflict, invalid, type InputFault } from './failure';

/** Fields of an input by name. */
export type Values = Readonly<Record<string, unknown>>;

/** A property as it is stored, in the form that it is given in. */
export function plain(property: PropertyDef, stored: Columns): unknown {
  return valueOf(
    property,
    plainColumns(property).map((name) => stored[name] ?? null),
  );
}

/**
 * Holds what a curator saw against what stands there.
 * @param what what it is, as a sentence names it
 * @param node what a conflict shows as it is now
 * @throws Refused where one of the fields is no longer so
 */
export function compareSeen(
  properties: readonly PropertyDef[],
  seen: Values,
  stored: Columns,
  what: string,
  node: Target,
  path: string,
): void {
  const invalids: InputFault[] = [];
  const faults: InputFault[] = [];
  for (const property of properties) {
    if (!(property.name in seen)) continue;
    const at = `${path}.seen.${property.name}`;
    const given = seen[property.name];
    const value =
      given == null
        ? null
        : checkValue(property, given, (message) => invalids.push({ path: at, message }));
    const wanted = store(property, value);
    const differs = plainColumns(property).some(
      (name) => asShown(wanted[name]) !== asShown(stored[name]),
    );
    if (differs)
      faults.push({
        path: at,
        message: `it was seen as ${quote(given ?? null)}, and is ${quote(plain(property, stored))}.`,
      });
  }
  if (invalids.length) throw invalid(invalids);
  if (faults.length)
    throw conflict(
      `${what} is not as it was seen: ${faults[0]?.path} ${faults[0]?.message}`,
      new NodeRef(node.noun.name, node.key),
      faults,
    );
}

/** A stored value, for comparison: an empty list and none are shown alike. */
function asShown(value: Stored | undefined): string {
  return JSON.stringify(Array.isArray(value) && !value.length ? null : (value ?? null));
}
