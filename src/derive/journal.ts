/** Statements about imports themselves: datasets, runs, batches. They stand apart from the graph of nouns. */

/** Datasets by preference. -> name */
export const datasets =
  'CYPHER 5 MATCH (d:Dataset) RETURN d.name AS row ORDER BY d.position, d.name';

/** Makes a dataset known; a new one is trusted least. */
export const enterDataset =
  'CYPHER 5 OPTIONAL MATCH (o:Dataset) WITH coalesce(max(o.position), -1) + 1 AS last MERGE (d:Dataset {name: $p.name}) ' +
  'ON CREATE SET d.position = last, d.since = $p.at ' +
  'SET d.title = coalesce($p.title, d.title)';

export const forgetDataset = 'CYPHER 5 MATCH (d:Dataset {name: $p.name}) DELETE d';

/** Begins a run, or takes one up again. */
export const beginRun = 'CYPHER 5 MERGE (r:ImportRun {id: $p.id}) ON CREATE SET r += $p.set';

/** Runs of a dataset that were not ended, the latest first. -> properties */
export const unfinishedRuns =
  "CYPHER 5 MATCH (r:ImportRun {dataset: $p.dataset, state: 'RUNNING'}) RETURN properties(r) AS row ORDER BY r.startedAt DESC";

export const endRun =
  'CYPHER 5 MATCH (r:ImportRun {id: $p.id}) SET r += $p.set ' +
  'WITH r MATCH (b:ImportBatch) WHERE b.id STARTS WITH r.id + "/" REMOVE b.result';

export const readRun = 'CYPHER 5 MATCH (r:ImportRun {id: $p.id}) RETURN properties(r) AS row';

/** Runs, the latest first. -> properties */
export const listRuns =
  'CYPHER 5 MATCH (r:ImportRun) RETURN properties(r) AS row ORDER BY r.startedAt DESC, r.id DESC';

/** Runs of the same dataset that came later and wrote something. -> id */
export const laterRuns =
  'CYPHER 5 MATCH (r:ImportRun {id: $p.id}) MATCH (l:ImportRun {dataset: r.dataset}) ' +
  'WHERE (l.startedAt > r.startedAt OR (l.startedAt = r.startedAt AND l.id > r.id)) ' +
  'AND EXISTS { MATCH (b:ImportBatch) WHERE b.id STARTS WITH l.id + "/" AND b.wrote } RETURN l.id AS row ORDER BY l.id DESC';

/** What a batch did, if it was committed. -> result as JSON */
export const readBatch = 'CYPHER 5 MATCH (b:ImportBatch {id: $p.id}) RETURN b.result AS row';

/** Records a batch in the transaction that writes it. */
export const writeBatch = 'CYPHER 5 CREATE (b:ImportBatch) SET b = $p';

/** The last batch of a run that is still recorded. -> `[id, log]` */
export const lastBatch =
  'CYPHER 5 MATCH (b:ImportBatch) WHERE b.id STARTS WITH $p.id + "/" RETURN [b.id, b.log] AS row ORDER BY b.id DESC LIMIT 1';

export const removeBatch = 'CYPHER 5 MATCH (b:ImportBatch {id: $p.id}) DELETE b';

/** Forgets the runs of a dataset and what they recorded. */
export const removeRuns =
  'CYPHER 5 MATCH (r:ImportRun {dataset: $p.dataset}) OPTIONAL MATCH (b:ImportBatch) WHERE b.id STARTS WITH r.id + "/" DELETE b WITH DISTINCT r DELETE r';

export const removeRun = 'CYPHER 5 MATCH (r:ImportRun {id: $p.id}) DELETE r';
