/** One Neo4j for the whole run, so tests run in band. */
module.exports = {
  testEnvironment: 'node',
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
  maxWorkers: 1,
  testTimeout: 60000,
};
