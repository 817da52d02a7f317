import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Noun } from '../blueprint';

const folder = join(__dirname, '..', '..', 'pages', 'explore');
const cytoscape = join(dirname(require.resolve('cytoscape')), 'cytoscape.min.js');

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
};

/**
 * Serves a page at `/explore` that draws what `graph` answers: search, unfold, ways, sources. All of it comes from
 * here, so it works without a network. How nouns are called in Chinese, it is told by them.
 */
export function serveExplorer(app: FastifyInstance, nouns: readonly Noun[]): void {
  const serve = (url: string, file: string, cache: string): void => {
    let content: Buffer | undefined;
    const type = types[file.split('.').pop() ?? ''] ?? 'application/octet-stream';
    app.get(url, (_request, reply) =>
      reply
        .header('cache-control', cache)
        .type(`${type}; charset=utf-8`)
        .send((content ??= readFileSync(file))),
    );
  };
  for (const name of readdirSync(folder))
    serve(name === 'index.html' ? '/explore' : `/explore/${name}`, join(folder, name), 'no-cache');
  serve('/explore/cytoscape.js', cytoscape, 'public, max-age=86400');
  const namesZh = Object.fromEntries(nouns.map(({ name, nameZh }) => [name, nameZh]));
  app.get('/explore/nouns.js', (_request, reply) =>
    reply
      .header('cache-control', 'no-cache')
      .type('text/javascript; charset=utf-8')
      .send(`export const namesZh = ${JSON.stringify(namesZh)};\n`),
  );
}
