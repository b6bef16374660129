import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { transferRefusal } from '../refuse.ts';
import { FileShared, moveTree } from './move-tree.ts';
import type { Move } from './move.ts';

/** Moves the tree, or says why it stays together with somebody else's. */
export async function moveOrRefuse(database: Knex, move: Move, { language }: Actor): Promise<void> {
  await moveTree(database, move).catch((error: unknown) => {
    throw error instanceof FileShared ? transferRefusal('file_shared', language) : error;
  });
}
