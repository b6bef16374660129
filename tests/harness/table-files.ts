import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileSource } from '../../extensions/crm/src/imports/files/byte-source.ts';
import { FileRefusal } from '../../extensions/crm/src/imports/files/file-refusal.ts';
import { LIMITS, type Limits } from '../../extensions/crm/src/imports/files/limits.ts';
import { openTable, type Table, type TableChoice } from '../../extensions/crm/src/imports/files/open-table.ts';
import type { FileFault, TableRow } from '../../extensions/crm/src/imports/rules/file-fault.ts';
import { workbookParts, zipOf, type WorkbookSheet } from './workbook-file.ts';

export interface TableOptions extends TableChoice {
  name?: string;
  limits?: Partial<Limits>;
}

/** A place to put uploads, as the product would, and to see that none of them leaves anything behind. */
export function tableFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'crm-table-'));
  const scratch = mkdtempSync(join(tmpdir(), 'crm-scratch-'));

  async function open(content: Buffer | string, { name = '客户.xlsx', limits, ...choice }: TableOptions = {}): Promise<Table> {
    const path = join(folder, 'upload');
    writeFileSync(path, content);
    return openTable({ source: await fileSource(path), name, scratch }, choice, { ...LIMITS, ...limits });
  }
  return {
    open,
    async rowsOf(content: Buffer | string, options?: TableOptions): Promise<TableRow[]> {
      const table = await open(content, options);
      const rows: TableRow[] = [];
      for await (const batch of table.rows()) rows.push(...batch);
      return rows;
    },
    leftBehind: () => readdirSync(scratch),
    remove() {
      rmSync(folder, { recursive: true });
      rmSync(scratch, { recursive: true });
    },
  };
}

/** The reason why a file was not read; null where it was. */
export const fileFaultOf = (work: Promise<unknown>): Promise<FileFault | null> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof FileRefusal ? error.fault : Promise.reject(error as Error)),
  );

/** A workbook of one sheet. */
export const sheetFile = (rows: string, look?: Parameters<typeof workbookParts>[1], behind = ''): Buffer =>
  workbookFile([{ name: '客户', rows, behind }], look);

export const workbookFile = (sheets: readonly WorkbookSheet[], look?: Parameters<typeof workbookParts>[1]): Buffer =>
  zipOf(workbookParts(sheets, look));
