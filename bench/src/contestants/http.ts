import { createServer, type IncomingMessage, type RequestListener } from 'node:http';

/** The whole body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Serves on the port that the environment names, until it is told to end. */
export function serve(listener: RequestListener): void {
  const server = createServer(listener);
  server.listen(Number(process.env.PORT), '127.0.0.1');
  process.once('SIGTERM', () => process.exit(0));
}
