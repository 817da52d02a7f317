import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { limitSettings } from './http/limits/table';
import { parseTokens, type Token } from './http/token';
import { setting, whole, type Setting } from './setting';
import { nearest } from './support/did-you-mean';

const root = resolve(__dirname, '..');
const text = (value: string): string => value;
const list = (value: string, fits: (item: string) => boolean): readonly string[] | undefined => {
  const items = value.split(',').map((each) => each.trim());
  return items.every(fits) ? items : undefined;
};

/** Whether it is an address, a network (an address and how many of its bits count), or a name for some of them. */
const isNetwork = (value: string): boolean => {
  if (/^(loopback|linklocal|uniquelocal)$/.test(value)) return true;
  const [, address = '', bits] = /^([\da-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return most > 0 && (bits === undefined || (Number(bits) >= 1 && Number(bits) <= most));
};

const schemes = /^(bolt|neo4j)(\+s|\+ssc)?:\/\/[^/\s]+/;

/** Everything that can be set, each once; `Config` follows from it. */
export const settings = {
  neo4jUri: setting<string | undefined>({
    variable: 'NEO4J_URI',
    meaning: 'A Neo4j of your own: bolt://, neo4j://, or either with +s or +ssc.',
    example: 'neo4j+s://graph.example.org:7687',
    default: undefined,
    parse: (value) => (schemes.test(value) ? value : undefined),
  }),
  neo4jUser: setting<string | undefined>({
    variable: 'NEO4J_USER',
    meaning: 'Who signs in there; nobody where the server asks for no name.',
    example: 'neo4j',
    default: undefined,
    parse: text,
  }),
  neo4jPassword: setting<string | undefined>({
    variable: 'NEO4J_PASSWORD',
    meaning: 'The password of that user.',
    example: '...',
    default: undefined,
    parse: text,
    secret: true,
  }),
  neo4jDatabase: setting<string>({
    variable: 'NEO4J_DATABASE',
    meaning: 'The database there.',
    example: 'neo4j',
    default: 'neo4j',
    parse: (value) => (/^[a-zA-Z][a-zA-Z0-9.-]{2,62}$/.test(value) ? value : undefined),
  }),
  port: setting<number>({
    variable: 'PORT',
    meaning: 'The port that the server listens on; 0 takes a free one.',
    example: '4000',
    default: 4000,
    parse: whole(0, 65_535),
  }),
  host: setting<string>({
    variable: 'HOST',
    meaning: 'The address that the server listens on.',
    example: '127.0.0.1',
    default: '127.0.0.1',
    parse: (value) => (/^[\w.:-]+$/.test(value) ? value : undefined),
  }),
  home: setting<string>({
    variable: 'YUNTU_HOME',
    meaning: 'The folder in which a local Neo4j lives.',
    example: '.yuntu',
    default: resolve(root, '.yuntu'),
    parse: (value) => resolve(value),
  }),
  neo4jVersion: setting<string>({
    variable: 'YUNTU_NEO4J_VERSION',
    meaning: 'The version of a local Neo4j; 2025 and later need Java 21.',
    example: '5.26.30',
    default: '5.26.30',
    parse: (value) => (/^\d+\.\d+\.\d+$/.test(value) ? value : undefined),
  }),
  neo4jHeap: setting<string>({
    variable: 'YUNTU_NEO4J_HEAP',
    meaning: 'The memory of a local Neo4j.',
    example: '1g',
    default: '1g',
    parse: (value) => (/^\d+[mg]$/.test(value) ? value : undefined),
  }),
  profile: setting<Profile>({
    variable: 'YUNTU_PROFILE',
    meaning:
      'public: the schema may be asked for; locked: it may not, nothing guesses what was meant, and no pages are served.',
    example: 'locked',
    default: 'public',
    parse: (value) => (value === 'public' || value === 'locked' ? value : undefined),
  }),
  origins: setting<readonly string[]>({
    variable: 'YUNTU_ORIGINS',
    meaning: 'Origins of other sites whose pages may ask, with commas between; none unless told.',
    example: 'https://charts.example.org',
    default: [],
    parse: (value) => list(value, (each) => /^https?:\/\/[\w.-]+(:\d+)?$/.test(each)),
  }),
  trustProxy: setting<readonly string[]>({
    variable: 'TRUST_PROXY',
    meaning:
      'Addresses or networks of proxies whose X-Forwarded-For is believed, with commas between; "loopback" is one.',
    example: 'loopback,10.0.0.0/8',
    default: [],
    parse: (value) => list(value, isNetwork),
  }),
  cacheSize: setting<number>({
    variable: 'YUNTU_CACHE_SIZE',
    meaning: 'Memory for answers, in MB; 0 keeps none.',
    example: '64',
    default: 64,
    parse: whole(0, 65_536),
  }),
  noticeWithin: setting<number>({
    variable: 'YUNTU_NOTICE_WITHIN',
    meaning:
      'Milliseconds within which answers show what others have committed; 0 asks the database before each answer.',
    example: '1000',
    default: 1_000,
    parse: whole(0, 3_600_000),
  }),
  redisUrl: setting<string | undefined>({
    variable: 'YUNTU_REDIS_URL',
    meaning:
      'A Redis or Valkey through which servers of one graph share answers: redis:// or rediss://.',
    example: 'redis://cache.example.org:6379',
    default: undefined,
    parse: (value) => (/^rediss?:\/\/[^/\s]+/.test(value) ? value : undefined),
    secret: true,
  }),
  documents: setting<'any' | 'trusted'>({
    variable: 'YUNTU_DOCUMENTS',
    meaning: 'any: every document is answered; trusted: only those of YUNTU_DOCUMENTS_FROM.',
    example: 'trusted',
    default: 'any',
    parse: (value) => (value === 'any' || value === 'trusted' ? value : undefined),
  }),
  documentsFrom: setting<string | undefined>({
    variable: 'YUNTU_DOCUMENTS_FROM',
    meaning: 'Trusted documents, named by documentId: a folder of .graphql files, or a manifest.',
    example: 'documents.json',
    default: undefined,
    parse: (value) => resolve(value),
  }),
  tokens: setting<readonly Token[]>({
    variable: 'YUNTU_TOKENS',
    meaning:
      'Tokens with their roles, as name:role:SHA-256 with commas between; "yuntu token" makes one. Nobody may change the graph unless one has the role curator.',
    example: `mei:curator:${'0'.repeat(64)}`,
    default: [],
    parse: parseTokens,
    secret: true,
  }),
  otlpEndpoint: setting<string | undefined>({
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    meaning: 'A collector of OpenTelemetry traces that speaks OTLP over HTTP; none unless told.',
    example: 'http://127.0.0.1:4318',
    default: undefined,
    parse: (value) => (/^https?:\/\/[^/\s]+/.test(value) ? value : undefined),
  }),
  ...limitSettings,
} as const;

/** Who the server is for: everybody, or a frontend of one's own. */
export type Profile = 'public' | 'locked';

type Settings = typeof settings;
export type Config = { readonly [K in keyof Settings]: Settings[K]['default'] };

/** Everything that is wrong with the environment, told at once. */
export class ConfigFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((each) => `  ${each}`).join('\n')}`,
    );
    this.name = 'ConfigFaults';
  }
}

/**
 * Reads the configuration.
 * @throws ConfigFaults with one sentence for every fault: variable, value and meaning
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const faults: string[] = [];
  const entries = Object.entries(settings as Record<string, Setting<unknown>>).map(
    ([name, one]) => {
      const given = env[one.variable];
      if (given === undefined || given === '') return [name, one.default];
      const value = one.parse(given);
      if (value === undefined)
        faults.push(
          `${one.variable}: ${one.secret ? 'the value' : `"${given}"`} will not do. ${one.meaning} For example ${one.example}`,
        );
      return [name, value];
    },
  );
  const known = Object.values(settings).map((one) => one.variable);
  for (const variable of Object.keys(env))
    if (/^YUNTU_/.test(variable) && !known.includes(variable) && !inner.includes(variable)) {
      const near = nearest(variable, known);
      faults.push(
        `${variable}: no such setting.${near.length ? ` Did you mean ${near.join(' or ')}?` : ''}`,
      );
    }
  const config = Object.fromEntries(entries) as Config;
  if (config.documents === 'trusted' && config.documentsFrom === undefined)
    faults.push(
      'YUNTU_DOCUMENTS: "trusted" needs YUNTU_DOCUMENTS_FROM, which says where they are.',
    );
  if (faults.length) throw new ConfigFaults(faults);
  return config;
}

/** Variables of the project's own tests: where their Neo4j is, how many trials and kills they make. */
const inner = ['YUNTU_TEST_NEO4J_URI', 'YUNTU_TRIALS', 'YUNTU_SEED', 'YUNTU_KILLS'];

/** What holds where the environment says nothing. */
export const defaults: Config = readConfig({});

/** The help that `npm start -- --help` prints. */
export function configHelp(): string {
  const width = Math.max(...Object.values(settings).map((one) => one.variable.length));
  const lines = Object.values(
    settings as Record<string, Setting<string | number | readonly unknown[] | undefined>>,
  ).map((one) => {
    const otherwise = [one.default ?? []].join();
    return `  ${one.variable.padEnd(width)}  ${one.meaning}${otherwise && ` Default: ${otherwise}`}`;
  });
  return `Yuntu 云图 serves a knowledge graph of the AI and cloud industry at http://HOST:PORT/graphql.

Usage: npm start [-- --help]

Environment:
${lines.join('\n')}

${threeWays}`;
}

/** How to come by a Neo4j. */
export const threeWays = `Three ways to a Neo4j:
  1. One of your own: set NEO4J_URI (with NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE).
  2. A local one: have Java 17 or later and Maven on the PATH; it is set up and started for you.
  3. Containers: docker compose up`;
