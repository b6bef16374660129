import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Installation } from './vault-world.ts';

const MADE = [
  "CREATE TYPE own_mood AS ENUM ('good', 'bad')",
  "CREATE FUNCTION own_now() RETURNS text LANGUAGE sql AS 'SELECT now()::text'",
  'CREATE TABLE own_moods (id integer PRIMARY KEY, mood own_mood, at text DEFAULT own_now())',
];
const REMOVED = ['DROP TABLE own_moods', 'DROP FUNCTION own_now()', 'DROP TYPE own_mood'];

/** In a Directus that has other data: what a restore could not make again is found when the backup is taken, not when it is needed. */
export function refusesForeignNeeds(the: () => { live: Installation; folder: string }): void {
  it('makes none that could not be restored: types and functions of others are named', async () => {
    const { live, folder } = the();
    const database = live.open();
    for (const statement of MADE) await database.raw(statement);
    const before = readdirSync(folder);
    const { code, output } = await live.command('backup.mjs', ['--to', folder]);
    for (const statement of REMOVED) await database.raw(statement);
    await database.destroy();
    expect([code, output]).toEqual([1, expect.stringContaining('own_moods (own_now()), own_moods.mood (own_mood)')]);
    expect(output).not.toMatch(/\n\s+at /);
    expect(readdirSync(folder)).toEqual(before);
  });
}
