import { createServer } from 'node:net';

/** A port of the loopback address that is free now; CRM_TEST_PORTS ("8100-8119") narrows the choice. */
export async function freePort(): Promise<number> {
  const range = /^(\d+)-(\d+)$/.exec(process.env['CRM_TEST_PORTS'] ?? '');
  if (!range) return (await tryPort(0))!;
  for (let port = Number(range[1]); port <= Number(range[2]); port += 1) if (await tryPort(port)) return port;
  throw new Error(`no free port in ${range[0]}`);
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const taken = (server.address() as { port: number }).port;
      server.close(() => resolve(taken));
    });
  });
}
