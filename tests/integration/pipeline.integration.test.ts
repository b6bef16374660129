import { afterAll, beforeAll, describe, vi } from 'vitest';
import { setBoard, type Board } from './pipeline/board.ts';
import { stageGate } from './pipeline/stages.suite.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.each(['sqlite', 'pg'] as const)('pipeline on %s', (db) => {
  let running: Board;
  const board = () => running;
  beforeAll(async () => {
    running = await setBoard(db);
  });
  afterAll(() => running?.stage.world.host.stop());

  stageGate(board);
});
