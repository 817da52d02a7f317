import { Fault } from '../errors';
import type { NodeRef } from '../query/reference';

/** Where something is wrong with what was sent, and what. */
export interface InputFault {
  readonly path: string;
  readonly message: string;
}

/** Why nothing was changed, as the schema tells it. */
export type Failure =
  | {
      readonly __typename: 'InvalidInput';
      readonly message: string;
      readonly faults: readonly InputFault[];
    }
  | {
      readonly __typename: 'Conflict';
      readonly message: string;
      readonly faults: readonly InputFault[];
      readonly current: NodeRef | null;
    }
  | {
      readonly __typename: 'NotFound';
      readonly message: string;
      readonly path: string;
      readonly didYouMean: readonly string[];
    };

/** Thrown within a transaction, so that nothing of it is kept; told as a member of the payload. */
export class Refused extends Fault {
  constructor(readonly failure: Failure) {
    super('CONFLICT', failure.message);
  }
}

/** Input that makes no sense: the message tells the first of the faults, of which there is one at least. */
export function invalid(faults: readonly InputFault[]): Refused {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return new Refused({
    __typename: 'InvalidInput',
    message: `${first?.path}: ${first?.message}${more}`,
    faults,
  });
}

/**
 * A change that the graph as it is now does not allow.
 * @param current the node that stands in the way, or is another than was seen
 * @param faults the fields that are not as they were seen
 */
export function conflict(
  message: string,
  current: NodeRef | null = null,
  faults: readonly InputFault[] = [],
): Refused {
  return new Refused({ __typename: 'Conflict', message, faults, current });
}

/**
 * An id at a path of the input that names nothing.
 * @param didYouMean ids like it, as `Company:alibaba`, the nearest first
 */
export function notFound(path: string, message: string, didYouMean: readonly string[]): Refused {
  return new Refused({ __typename: 'NotFound', message, path, didYouMean });
}
