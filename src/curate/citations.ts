import * as statements from '../derive/statements';
import { keysNear } from '../derive/operations';
import { citationOf, type CheckedCitation } from '../exchange/check/citation';
import { didYouMean } from '../support/did-you-mean';
import type { Changing } from './context';
import { invalid, type InputFault } from './failure';

/**
 * Checks what a change rests on.
 * @param own the key of a source that the change itself makes
 * @throws Refused InvalidInput with every fault
 */
export async function checkedCitations(
  { run, blueprint }: Changing,
  given: readonly unknown[],
  path: string,
  own?: string,
): Promise<CheckedCitation[]> {
  const faults: InputFault[] = [];
  if (!given.length)
    faults.push({
      path,
      message: 'a change needs a citation: the key of a source, with page or quote.',
    });
  const checked = given.flatMap(
    (each, at) =>
      citationOf(each, undefined, (message, field) =>
        faults.push({ path: `${path}.${at}${field ? `.${field}` : ''}`, message }),
      ) ?? [],
  );
  const noun = blueprint.get('Source');
  const keys = [...new Set(checked.flatMap(({ source, via }) => [source, ...via]))];
  const there = new Set(await run(statements.findKeys(noun.name), { keys }));
  for (const [at, { source, via }] of checked.entries())
    for (const key of [source, ...via])
      if (!there.has(key) && key !== own) {
        const near = (await run(keysNear(noun), { key })) as string[];
        faults.push({
          path: `${path}.${at}.${key === source ? 'source' : 'via'}`,
          message: `"${key}" is no Source.${didYouMean(key, near)}`,
        });
      }
  if (faults.length) throw invalid(faults);
  return checked;
}
