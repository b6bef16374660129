import { fieldWords } from '../../../../schema-snapshots/words.ts';
import { readingsOf, type Readings } from '../imports/check/readings.ts';
import type { ImportPorts } from '../imports/endpoint.ts';
import { createExports, type Exports } from '../imports/export/exports.ts';
import { readExportSettings } from '../imports/export/settings.ts';
import { sweepExports } from '../imports/export/sweep-exports.ts';
import { readImportSettings } from '../imports/settings.ts';
import { uploadFolder } from '../imports/store/upload-folder.ts';
import { systemClock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import { keysFor } from './keys.ts';

let ports: ImportPorts | null = null;

/** What imports need, once in a process: routes and the hook that takes up what was left share the same readings. */
export function importPortsFor(context: HostContext): ImportPorts {
  if (!ports) {
    const settings = readImportSettings(context.env);
    const reading = {
      context,
      keys: keysFor(context),
      clock: systemClock,
      words: fieldWords(),
      settings,
      uploads: uploadFolder(settings.folder),
    };
    ports = { ...reading, readings: readingsOf(reading) };
  }
  return ports;
}

let exporting: Exports | null = null;

/** The exports of this process: routes begin them, the hook ends what others left. */
export function exportsFor(context: HostContext): Exports {
  if (!exporting) {
    const settings = readExportSettings(context.env);
    exporting = createExports({ context, keys: keysFor(context), clock: systemClock, settings, files: uploadFolder(settings.folder) });
  }
  return exporting;
}

/** What is looked after in a serving process: readings that were left, files whose time is over. */
export function careFor(context: HostContext): Pick<Readings, 'resume' | 'sweep'> {
  const { readings } = importPortsFor(context);
  return {
    resume: () => readings.resume(),
    sweep: async () => void (await Promise.all([readings.sweep(), sweepExports(exportsFor(context).ports)])),
  };
}
