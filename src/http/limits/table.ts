import { setting, whole, type Setting } from '../../setting';

const limit = (variable: string, value: number, meaning: string, most = 1e9): Setting<number> =>
  setting({ variable, meaning, example: String(value), default: value, parse: whole(1, most) });

/** Every limit, each once: its variable, what it is unless told otherwise, and what it bounds. */
export const limitSettings = {
  maxConnections: limit(
    'YUNTU_MAX_CONNECTIONS',
    5_000,
    'Connections at the same time; more are closed as they come.',
  ),
  maxArriving: limit(
    'YUNTU_MAX_ARRIVING',
    1_000,
    'Requests that wait to be taken up while callers are let in.',
  ),
  headDeadline: limit(
    'YUNTU_HEAD_DEADLINE',
    5_000,
    'Milliseconds within which the head of a request must have come.',
  ),
  requestDeadline: limit(
    'YUNTU_REQUEST_DEADLINE',
    10_000,
    'Milliseconds within which all of a request must have come.',
  ),
  idleDeadline: limit(
    'YUNTU_IDLE_DEADLINE',
    30_000,
    'Milliseconds for which a connection may stand still.',
  ),
  sendDeadline: limit(
    'YUNTU_SEND_DEADLINE',
    30_000,
    'Milliseconds within which a caller must have taken his answer.',
  ),
  maxHead: limit('YUNTU_MAX_HEAD', 16 * 1024, 'Bytes of the head of a request.'),
  maxBody: limit('YUNTU_MAX_BODY', 100 * 1024, 'Bytes of the body of a request.'),
  maxTokens: limit('YUNTU_MAX_TOKENS', 2_000, 'Tokens of a document.', 20_000),
  maxDepth: limit('YUNTU_MAX_DEPTH', 16, 'Levels of fields in an operation.', 100),
  maxIntrospectionDepth: limit(
    'YUNTU_MAX_INTROSPECTION_DEPTH',
    20,
    'Levels of fields below __schema and __type.',
    100,
  ),
  maxFields: limit('YUNTU_MAX_FIELDS', 2_000, 'Fields of a document, its fragments opened.'),
  maxAliases: limit('YUNTU_MAX_ALIASES', 30, 'Aliases in a document.'),
  maxRootFields: limit('YUNTU_MAX_ROOT_FIELDS', 10, 'Root fields of an operation.'),
  maxDirectives: limit('YUNTU_MAX_DIRECTIVES', 20, 'Directives in a document.'),
  maxOperations: limit('YUNTU_MAX_OPERATIONS', 10, 'Operations in a document.'),
  maxRepeats: limit(
    'YUNTU_MAX_REPEATS',
    5_000,
    'Pairs of fields of one name at one place, fragments opened.',
  ),
  maxString: limit('YUNTU_MAX_STRING', 10 * 1024, 'Characters of a string or a name.'),
  maxList: limit('YUNTU_MAX_LIST', 250, 'Items of a list in an argument.'),
  maxValues: limit('YUNTU_MAX_VALUES', 10_000, 'Values in the variables.'),
  maxNesting: limit('YUNTU_MAX_NESTING', 32, 'Levels of lists and objects in a value.', 100),
  maxCost: limit('YUNTU_MAX_COST', 10_000, 'Cost of an operation.'),
  maxParts: limit(
    'YUNTU_MAX_PARTS',
    100,
    'Subqueries of an operation: relations selected or asked about, each noun of an interface apart; four comparisons are one.',
  ),
  maxCostPerHour: limit(
    'YUNTU_MAX_COST_PER_HOUR',
    1_000_000,
    'Cost of all requests of a caller within an hour.',
    1e12,
  ),
  maxInFlight: limit('YUNTU_MAX_IN_FLIGHT', 10, 'Requests of a caller at the same time.'),
  maxAnswer: limit('YUNTU_MAX_ANSWER', 5 * 1024 * 1024, 'Bytes of an answer.'),
  deadline: limit('YUNTU_DEADLINE', 5_000, 'Milliseconds that a request may take from end to end.'),
  databaseDeadline: limit(
    'YUNTU_DATABASE_DEADLINE',
    4_000,
    'Milliseconds that a statement may take in Neo4j.',
  ),
  poolSize: limit(
    'YUNTU_POOL_SIZE',
    50,
    'Operations that run at the same time, and connections to Neo4j; twice as many may wait.',
    1_000,
  ),
} as const;

export type Limits = { readonly [K in keyof typeof limitSettings]: number };
