import { Blueprint } from '../blueprint';
import { interfaces, nouns } from '.';

/** The blueprint of the register. */
export const blueprint = new Blueprint([...interfaces, ...nouns]);
