import type { Change, Installation } from './changes.ts';
import type { RunPart } from './parts.ts';

/** Work that is done once for a version and remembered when it has finished. */
export async function planRun({ host, standing, state, now, say }: Installation, part: RunPart): Promise<Change[]> {
  const key = `run:${part.name}`;
  if (state.get(key)?.value === part.version) return [];
  const change: Change = {
    what: part.name,
    count: 1,
    run: async () => {
      const { database, services, getSchema, env } = host;
      change.count = await part.run({ database, schema: standing.schema, getSchema, services: services as never, env, now, progress: say });
      const entry = { value: part.version, hash: '' };
      await state.write(database, key, entry);
      state.settle(key, entry);
    },
  };
  return [change];
}
