import { resolve } from 'node:path';
import { ConfigFaults, configHelp, readConfig, settings } from '../src/config';

test('without anything set, the defaults hold', () => {
  expect(readConfig({})).toMatchObject({
    port: 4000,
    host: '127.0.0.1',
    neo4jDatabase: 'neo4j',
    neo4jUri: undefined,
  });
});

test('what the tests are told by may stand beside the settings', () => {
  expect(readConfig({ YUNTU_TRIALS: '10000', YUNTU_SEED: '7', YUNTU_KILLS: '20' })).toEqual(
    readConfig({}),
  );
});

test('all faults are told at once: variable, value, meaning; a secret is not printed', () => {
  const read = () =>
    readConfig({
      PORT: 'four',
      NEO4J_URI: 'http://x',
      NEO4J_PASSWORD: 'hush',
      YUNTU_HOEM: '/x',
      YUNTU_NEO4J_HEAP: 'lots',
    });
  expect(read).toThrow(ConfigFaults);
  try {
    read();
  } catch (error) {
    const { faults, message } = error as ConfigFaults;
    expect(faults).toHaveLength(4);
    expect(message).toMatch(/^The configuration has 4 faults:/);
    expect(message).toContain('PORT: "four" will not do.');
    expect(message).toContain('NEO4J_URI: "http://x" will not do.');
    expect(message).toContain('YUNTU_HOEM: no such setting. Did you mean YUNTU_HOME');
    expect(message).not.toContain('hush');
  }
});

test.each(['bolt', 'neo4j', 'bolt+s', 'neo4j+s', 'bolt+ssc', 'neo4j+ssc'])(
  '%s:// is taken',
  (scheme) => {
    expect(readConfig({ NEO4J_URI: `${scheme}://graph.example.org:7687` }).neo4jUri).toContain(
      scheme,
    );
  },
);

test.each([
  ['PORT', '0', true],
  ['PORT', '65536', false],
  ['PORT', '', true],
  ['HOST', '::1', true],
  ['HOST', 'a b', false],
  ['NEO4J_DATABASE', 'graph.of-clouds', true],
  ['NEO4J_DATABASE', '1', false],
  ['YUNTU_NEO4J_VERSION', '2026.09.0', true],
  ['YUNTU_NEO4J_VERSION', 'latest', false],
  ['YUNTU_NEO4J_HEAP', '512m', true],
  ['TRUST_PROXY', 'loopback, 10.0.0.0/8,fd00::/8,192.0.2.1', true],
  ['TRUST_PROXY', '10.0.0.0/33', false],
  ['TRUST_PROXY', '10.0.0.0/0', false],
  ['TRUST_PROXY', 'fd00::/129', false],
  ['TRUST_PROXY', '10.0.0/8', false],
  ['TRUST_PROXY', '256.0.0.1', false],
])('%s "%s": good is %s', (variable, value, good) => {
  const read = () => readConfig({ [variable]: value });
  if (good) expect(read).not.toThrow();
  else expect(read).toThrow(`${variable}: "${value}" will not do.`);
});

test('a folder is taken from where the command is run; what others set is left alone', () => {
  expect(readConfig({ YUNTU_HOME: 'there', PATH: 'x', NEO4J_OTHER: 'y' }).home).toBe(
    resolve('there'),
  );
});

test('the help names every variable and the three ways to a Neo4j', () => {
  for (const { variable } of Object.values(settings)) expect(configHelp()).toContain(variable);
  expect(configHelp()).toMatch(/1\..*NEO4J_URI[\s\S]*2\..*Java[\s\S]*3\..*docker compose up/);
});
