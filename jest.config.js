/**
 * Each worker has a Neo4j of its own. `npm test` runs two of them side by side; a few files alone, which `npx jest` is
 * for, do not wait for a second one.
 */
const side = process.env.npm_lifecycle_event === 'test' && !process.env.NEO4J_TEST_URI ? 2 : 1;

module.exports = {
  testEnvironment: '<rootDir>/tests/support/environment.js',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': '@swc/jest',
    '/node_modules/(hyparquet|hysnappy|@opentelemetry/otlp-exporter-base).*\\.js$': '@swc/jest',
  },
  // These are ES modules only, or load something as one.
  transformIgnorePatterns: [
    '/node_modules/(?!hyparquet|hysnappy|@opentelemetry/otlp-exporter-base)',
  ],
  setupFiles: ['reflect-metadata'],
  setupFilesAfterEnv: ['<rootDir>/tests/support/before-each-file.ts'],
  globalSetup: '<rootDir>/tests/support/neo4j-global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/neo4j-global-teardown.ts',
  maxWorkers: side,
  testTimeout: 60000,
};
