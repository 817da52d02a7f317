import { buildSchema, findBreakingChanges } from 'graphql';

/** A change that breaks clients and is meant, with its reason. */
export interface Mark {
  readonly change: string;
  readonly reason: string;
}

/** What is wrong between two schemas: changes that break clients without a reason, and reasons without a change. */
export function breakingFaults(
  released: string,
  current: string,
  marks: readonly Mark[],
): readonly string[] {
  const changes = findBreakingChanges(buildSchema(released), buildSchema(current)).map(
    ({ description }) => description,
  );
  return [
    ...changes
      .filter((each) => !marks.some(({ change, reason }) => change === each && reason))
      .map((each) => `Breaks clients, and has no reason in schema/breaking.yaml: ${each}`),
    ...marks
      .filter(({ change }) => !changes.includes(change))
      .map(({ change }) => `In schema/breaking.yaml, and no change: ${change}`),
  ];
}
