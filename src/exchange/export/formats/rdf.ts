import { JsonLdSerializer } from 'jsonld-streaming-serializer';
import { Writer } from 'n3';
import { gathered, type Sink } from '../files';
import type { Format } from '../format';
import { quadsOf } from './rdf-quads';
import { prefixes } from './rdf-terms';

/** Turtle, with the terms of schema.org, SKOS, PROV and the data cube where they say what is meant. */
export const turtle: Format = {
  name: 'turtle',
  meaning: 'RDF as Turtle',
  extension: 'ttl',
  async write({ items }, _blueprint, files) {
    const sink = gathered(await files.begin('graph.ttl'));
    let text = '';
    const writer = new Writer(
      {
        write: (chunk: string, _encoding: string, done?: () => void) => ((text += chunk), done?.()),
        end: (done?: () => void) => done?.(),
      },
      { prefixes },
    );
    const flush = async (): Promise<void> => {
      const ready = text;
      text = '';
      await sink.write(ready);
    };
    for await (const item of items) {
      for (const quad of quadsOf(item)) writer.addQuad(quad);
      await flush();
    }
    await new Promise<void>((resolve, reject) => {
      writer.end((error) => (error ? reject(error) : resolve()));
    });
    await flush();
    await sink.end();
  },
};

/** JSON-LD, the same triples. */
export const jsonLd: Format = {
  name: 'jsonld',
  meaning: 'RDF as JSON-LD',
  extension: 'jsonld',
  async write({ items }, _blueprint, files) {
    const sink: Sink = gathered(await files.begin('graph.jsonld'));
    const serializer = new JsonLdSerializer({ context: prefixes, useNativeTypes: false });
    const written = (async () => {
      for await (const chunk of serializer) await sink.write(String(chunk));
    })();
    for await (const item of items)
      for (const quad of quadsOf(item))
        if (!serializer.write(quad))
          await Promise.race([
            written,
            new Promise((resolve) => serializer.once('drain', resolve)),
          ]);
    serializer.end();
    await written;
    await sink.end();
  },
};
