import { afterAll, beforeAll, describe, vi } from 'vitest';
import { setBoard, type Board } from './pipeline/board.ts';
import { deals } from './pipeline/deals.suite.ts';
import { discountsBehindTheGate } from './pipeline/discounts.suite.ts';

import { endsOfDeals } from './pipeline/ends.suite.ts';
import { keptDemands } from './pipeline/kept.suite.ts';
import { salesOfDeals } from './pipeline/sales.suite.ts';
import { stageGate } from './pipeline/stages.suite.ts';
import { tricks } from './pipeline/tricks.suite.ts';
import { walks } from './pipeline/walks.suite.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.each(['sqlite', 'pg'] as const)('pipeline on %s', (db) => {
  let running: Board;
  const board = () => running;
  beforeAll(async () => {
    running = await setBoard(db);
  });
  afterAll(() => running?.stage.world.host.stop());

  tricks(board);
  stageGate(board);
  walks(board, 12);
  deals(board);
  discountsBehindTheGate(board);
  endsOfDeals(board);
  keptDemands(board);
  salesOfDeals(board);
});
