/** Statements that restore what an export keeps beside nodes and relationships. */

/** Whether the graph holds anything of ours. */
export const anythingThere =
  'CYPHER 5 RETURN EXISTS { (:Entity|Fact|Citation|Dataset|FormerKey) } AS row';

/** `$p.rows`: `{ id, key }` */
export const writeFormerKeys =
  'CYPHER 5 UNWIND $p.rows AS r MERGE (f:FormerKey {id: r.id}) SET f.key = r.key';
