import type { FileFault, FileReason } from '../rules/file-fault.ts';

/** A file that is not read, or not further: carries the closed reason to whoever opened it. */
export class FileRefusal extends Error {
  readonly fault: FileFault;

  constructor(reason: FileReason, values?: FileFault['values']) {
    super(reason);
    this.fault = values ? { reason, values } : { reason };
  }
}
