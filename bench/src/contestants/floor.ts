import neo4j from 'neo4j-driver';
import { connect, read, statement } from '../cypher';
import { bodyOf, serve } from './http';
import { draw } from './floor-picture';

/**
 * The floor: a hand-written statement for each work, run by the driver in the cheapest way it has, its rows written by
 * `JSON.stringify`, on `node:http`. There is no GraphQL, no check and no deadline in it. The path names the work.
 */
const driver = connect(process.env.NEO4J_URI ?? '');
const statements = new Map<string, string>();

function textOf(work: string): string {
  const known = statements.get(work);
  if (known) return known;
  const text = statement(`floor/${work}`);
  statements.set(work, text);
  return text;
}

/** Whole numbers that a statement limits by must come as integers. */
const typed = (p: Record<string, unknown>): object =>
  typeof p.first === 'number' ? { ...p, first: neo4j.int(p.first) } : p;

serve((request, response) => {
  void (async () => {
    const work = (request.url ?? '').slice(1);
    const p = JSON.parse(await bodyOf(request)) as Record<string, unknown>;
    const rows = await read(driver, textOf(work), typed(p));
    const data = work === 'W7' ? draw(rows[0]) : rows;
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify({ data }));
  })().catch((error: unknown) => {
    response.writeHead(500);
    response.end(String(error));
  });
});
