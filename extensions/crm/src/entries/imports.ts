import { fieldWords } from '../../../../schema-snapshots/words.ts';
import { readingsOf, type Readings } from '../imports/check/readings.ts';
import { createExports, type Exports } from '../imports/export/exports.ts';
import { readExportSettings } from '../imports/export/settings.ts';
import { sweepExports } from '../imports/export/sweep-exports.ts';
import { clearEnded } from '../imports/clear/clear-ended.ts';
import type { ImportPorts } from '../imports/ports.ts';
import { readImportSettings } from '../imports/settings.ts';
import { uploadFolder } from '../imports/store/upload-folder.ts';
import { approvalPortsFor } from './approval-kinds.ts';
import { noteFollowUps } from '../transfers/follow-up.ts';
import { systemClock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import { keysFor } from './keys.ts';
import { leadPortsFor } from './leads.ts';

let ports: ImportPorts | null = null;

/** What imports need, once in a process. */
export function importPortsFor(context: HostContext): ImportPorts {
  if (!ports) {
    const settings = readImportSettings(context.env);
    ports = {
      context,
      keys: keysFor(context),
      clock: systemClock,
      leads: leadPortsFor(context),
      afterActivities: noteFollowUps,
      words: fieldWords(),
      settings,
      uploads: uploadFolder(settings.folder),
    };
  }
  return ports;
}

let readings: Readings | null = null;

/** Routes and the hook that takes up what was left share the same readings. */
export function readingsFor(context: HostContext): Readings {
  readings ??= readingsOf(importPortsFor(context));
  return readings;
}

let exporting: Exports | null = null;

/** The exports of this process: routes begin them, the hook ends what others left. */
export function exportsFor(context: HostContext): Exports {
  if (!exporting) {
    const settings = readExportSettings(context.env);
    const approvals = approvalPortsFor(context);
    exporting = createExports({
      context,
      keys: keysFor(context),
      clock: systemClock,
      settings,
      files: uploadFolder(settings.folder),
      approvals,
    });
  }
  return exporting;
}

/** What is looked after in a serving process: readings that were left, files whose time is over. */
export function careFor(context: HostContext): Pick<Readings, 'resume' | 'sweep'> {
  const mine = readingsFor(context);
  return {
    resume: () => mine.resume(),
    sweep: async () =>
      void (await Promise.all([mine.sweep(), clearEnded(importPortsFor(context)), sweepExports(exportsFor(context).ports)])),
  };
}
