import type { Noun } from '../../blueprint';
import * as whoIsWho from '../../derive/who-is-who';
import { fold } from '../../support/fold';
import type { Run } from './context';
import { layerParts, layersOf, type Columns } from './layers';
import { Moved } from './moved';

/** What bears a name no longer, since it was merged: the name that is shown, the key now, and the key of that name. */
export interface FormerName {
  readonly name: string;
  readonly home: string;
  readonly key: string;
}

/** Of some names those that only what was merged bears, as an alias. A name that two of them bear finds neither. */
export async function formerNames(
  run: Run,
  noun: Noun,
  names: readonly string[],
): Promise<ReadonlyMap<string, FormerName>> {
  const found = new Map<string, FormerName>();
  if (!noun.properties.has('aliases') || !(await Moved.in(run).any())) return found;
  const written = new Map(names.map((name) => [fold(name), name]));
  const rows = (await run(whoIsWho.nodesByFormerName(noun), {
    noun: noun.name,
    names: [...written.keys()],
  })) as Columns[];
  const twice = new Set<string>();
  for (const stored of rows)
    for (const [layer, { name, nameZh }] of layersOf(stored).layers)
      for (const own of [name, nameZh]) {
        const asked = typeof own === 'string' ? written.get(fold(own)) : undefined;
        if (asked === undefined) continue;
        const home = stored.key as string;
        const before = found.get(asked);
        if (before && before.home !== home) twice.add(asked);
        const [key = home] = layerParts(layer, [home]).keys;
        found.set(asked, before ?? { name: stored.name as string, home, key });
      }
  for (const name of twice) found.delete(name);
  return found;
}
