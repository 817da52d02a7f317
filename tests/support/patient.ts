/**
 * Deadlines of the tests, in milliseconds, where a test is not about them: a machine that is busy otherwise must not end
 * what the server would answer.
 */
export const patient = { deadline: 30_000, databaseDeadline: 30_000 };
