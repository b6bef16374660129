import type { HandoverPorts } from './ports.ts';
import { createRuns, type Runs } from './runs.ts';

/** The hand-overs of this process: routes begin them, the hook goes on with what others left. */
export interface Handovers {
  ports: HandoverPorts;
  runs: Runs;
}

/** An answer that the host keeps for others would show records where they no longer are (F19). */
async function forgetCached({ context: { services, getSchema, env } }: HandoverPorts): Promise<void> {
  if (String(env['CACHE_ENABLED']) !== 'true') return;
  const service = new services.UtilsService({ schema: await getSchema(), accountability: { admin: true } });
  await service.clearCache({ system: false });
}

export const createHandovers = (ports: HandoverPorts): Handovers => ({ ports, runs: createRuns(ports, () => forgetCached(ports)) });
