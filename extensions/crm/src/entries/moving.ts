import { letGoOfRows } from '../imports/clear/let-go-of-rows.ts';
import { systemClock } from '../platform/api/clock.ts';
import type { MovingPorts } from '../transfers/ports.ts';

/** What a customer that moves leaves behind in slices that transfers do not know. */
export const moving: MovingPorts = {
  clock: systemClock,
  letGo: (database, move, rows) => letGoOfRows(database, move, rows, systemClock.now()),
};
