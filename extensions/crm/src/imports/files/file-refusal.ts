import type { FileFault, FileReason } from '../rules/file-fault.ts';

/** A file that is not read, or not further: carries the closed reason to whoever opened it. */
export class FileRefusal extends Error {
  readonly fault: FileFault;
  /** Where another sheet of the workbook can be chosen: all of them. */
  readonly sheets: { name: string; hidden: boolean }[] | null;

  constructor(reason: FileReason, values?: FileFault['values'], sheets: FileRefusal['sheets'] = null) {
    super(reason);
    this.sheets = sheets;
    this.fault = values ? { reason, values } : { reason };
  }
}
