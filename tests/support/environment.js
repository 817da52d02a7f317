const { TestEnvironment } = require('jest-environment-node');

/**
 * Gives each worker a Neo4j of its own. What tests see as `process.env` is a copy: it is set before that is made, so that
 * programs which tests start inherit it too.
 */
module.exports = class extends TestEnvironment {
  constructor(...given) {
    // Workers of jest count from 1.
    const uris = JSON.parse(process.env.NEO4J_URIS_OF_TESTS);
    process.env.YUNTU_TEST_NEO4J_URI = uris[Number(process.env.JEST_WORKER_ID) - 1];
    super(...given);
  }
};
