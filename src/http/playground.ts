import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Kind, parse, print } from 'graphql';
import { examples, type Example } from './examples';

const moduleFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** The playground's parts, all from installed packages: nothing is fetched from elsewhere. */
const assets: Readonly<Record<string, readonly [file: string, type: string]>> = {
  'react.js': [join(moduleFolder('react'), 'umd', 'react.production.min.js'), 'text/javascript'],
  'react-dom.js': [
    join(moduleFolder('react-dom'), 'umd', 'react-dom.production.min.js'),
    'text/javascript',
  ],
  'graphiql.js': [join(moduleFolder('graphiql'), 'graphiql.min.js'), 'text/javascript'],
  'graphiql.css': [join(moduleFolder('graphiql'), 'graphiql.min.css'), 'text/css'],
};

/** An example as a tab: laid out in lines, and named after its question, which the tab then shows. */
function tab({ title, query, variables }: Example) {
  const document = parse(query);
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const name = words
    .slice(0, 5)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const definitions = document.definitions.map((each) =>
    each.kind === Kind.OPERATION_DEFINITION
      ? { ...each, name: each.name ?? ({ kind: Kind.NAME, value: name } as const) }
      : each,
  );
  return {
    query: `# ${title}\n${print({ ...document, definitions })}`,
    variables: variables && JSON.stringify(variables, null, 2),
  };
}

const script = (): string => `
const fetcher = GraphiQL.createFetcher({ url: '/graphql' });
ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, { fetcher, defaultTabs: ${JSON.stringify(examples.map(tab)).replace(/</g, '\\u003c')}, shouldPersistHeaders: false })
);
`;

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Yuntu 云图</title>
    <meta name="viewport" content="width=device-width" />
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/playground/graphiql.css" />
    <style>html, body, #graphiql { height: 100%; margin: 0; }</style>
  </head>
  <body>
    <div id="graphiql">Loading the playground ...</div>
    <script src="/playground/react.js"></script>
    <script src="/playground/react-dom.js"></script>
    <script src="/playground/graphiql.js"></script>
    <script src="/playground/start.js"></script>
  </body>
</html>
`;

/** Serves the playground at `/`: GraphiQL with the example queries, one a tab, that works without a network. */
export function servePlayground(app: FastifyInstance): void {
  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  let started: string | undefined;
  app.get('/playground/start.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send((started ??= script())),
  );
  for (const [name, [file, type]] of Object.entries(assets)) {
    let content: Buffer | undefined;
    app.get(`/playground/${name}`, (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=86400')
        .type(`${type}; charset=utf-8`)
        .send((content ??= readFileSync(file))),
    );
  }
}
