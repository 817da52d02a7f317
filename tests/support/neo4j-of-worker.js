// Workers of jest count from 1.
const uris = JSON.parse(process.env.NEO4J_URIS_OF_TESTS);
process.env.YUNTU_TEST_NEO4J_URI = uris[Number(process.env.JEST_WORKER_ID) - 1];
