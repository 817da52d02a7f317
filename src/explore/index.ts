import type { Blueprint } from '../blueprint';
import type { Verb } from '../derive/schema';
import { graphVerb } from './graph/graph';
import { neighboursVerb } from './neighbours/neighbours';
import { pathsVerb } from './paths/paths';
import { peersVerb } from './peers/peers';
import { searchVerb } from './search/search';
import { trendsVerb } from './trends/trends';

/** The verbs of exploring. */
export function verbsOf(blueprint: Blueprint): Verb[] {
  return [
    searchVerb(blueprint),
    graphVerb(blueprint),
    pathsVerb(blueprint),
    neighboursVerb(blueprint),
    peersVerb(),
    trendsVerb(blueprint),
  ];
}
