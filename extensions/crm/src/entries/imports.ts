import { fieldWords } from '../../../../schema-snapshots/words.ts';
import { readingsOf } from '../imports/check/readings.ts';
import type { ImportPorts } from '../imports/endpoint.ts';
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
