import type { InstallHost } from './host-door.ts';
import type { HostModel } from '../../schema-snapshots/host-model.ts';
import type { SeedPart } from './parts.ts';
import type { Standing } from './standing.ts';
import type { InstallState } from './state.ts';

/** One piece of work that is done or not done: killed in the middle, it leaves what was before. */
export interface Change {
  /** Shown as progress: "crm_customers", "stages". */
  what: string;
  /** How many things it makes or alters (a chunk of rows counts its rows). */
  count: number;
  run(): Promise<void>;
}

export interface InstallInput {
  model: HostModel;
  parts: readonly SeedPart[];
  /** SQL that fills a column which a later version made NOT NULL, by `collection.field`. */
  fills: Readonly<Record<string, string>>;
}

export interface Installation {
  host: InstallHost;
  input: InstallInput;
  state: InstallState;
  standing: Standing;
  /** Our rows exactly as our version has them, also where somebody changed them since (doctor --repair). */
  repair: boolean;
  now: Date;
  say(line: string): void;
}

/** Looks at what stands and says what is missing; nothing is changed before its changes run. */
export type Planner = (installation: Installation) => Promise<Change[]>;
