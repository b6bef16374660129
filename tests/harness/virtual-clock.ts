import { freePort } from './free-port.ts';

const SCRIPT = `
import { createServer } from 'node:http';
const Real = Date;
let ahead = 0;
class Virtual extends Real {
  constructor(...all) {
    if (all.length) super(...all);
    else super(Real.now() + ahead);
  }
  static now() {
    return Real.now() + ahead;
  }
}
globalThis.Date = Virtual;
const server = createServer((request, response) => {
  ahead = Number(request.url.slice(1)) - Real.now();
  response.end();
});
server.on('error', () => undefined);
server.listen(PORT, '127.0.0.1').unref();
`;

export interface VirtualClock {
  /** For the environment of the host: its process then lives at whatever moment it is told. */
  env: Record<string, string>;
  /** Says what time it is for the host; from there it goes on as time does. */
  set(moment: number): Promise<void>;
}

/** A clock for a whole host, its own code and ours: the moment is told to its process from outside (design.md 6, N13). */
export async function virtualClock(): Promise<VirtualClock> {
  const port = await freePort();
  const script = `data:text/javascript,${encodeURIComponent(SCRIPT.replace('PORT', String(port)))}`;
  return {
    env: { NODE_OPTIONS: `--import ${script}` },
    async set(moment) {
      const answer = await fetch(`http://127.0.0.1:${port}/${moment}`);
      await answer.text();
    },
  };
}
