import type { Change, Installation } from './changes.ts';
import type { RunPart } from './parts.ts';

/**
 * Work that is done once for a version and remembered when it has finished. Its moment is that of its first beginning: what was cut
 * off and is finished on another day goes on with the day that it began with.
 */
export async function planRun({ host, standing, state, now, say }: Installation, part: RunPart): Promise<Change[]> {
  const key = `run:${part.name}`;
  if (state.get(key)?.value === part.version) return [];
  const beginning = `begun:${part.name}`;
  const change: Change = {
    what: part.name,
    count: 1,
    run: async () => {
      const { database, services, getSchema, env } = host;
      const since = state.get<string>(beginning) ?? { value: now.toISOString(), hash: '' };
      if (!state.has(beginning)) {
        await state.write(database, beginning, since);
        state.settle(beginning, since);
      }
      const moment = { now: new Date(since.value), progress: say };
      change.count = await part.run({ database, schema: standing.schema, getSchema, services: services as never, env, ...moment });
      const entry = { value: part.version, hash: '' };
      await state.write(database, key, entry);
      state.settle(key, entry);
    },
  };
  return [change];
}
