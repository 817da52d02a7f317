import { changes } from './changes';
import { costs } from './costs';
import { documents } from './documents';
import type { Hostile } from './hostile';
import { requests } from './requests';
import { sockets } from './sockets';

/** All classes of hostile requests that are answered at once. */
export const hostile: readonly Hostile[] = [
  ...documents,
  ...costs,
  ...requests,
  ...changes,
  ...sockets,
];
