import { posix } from 'node:path';
import { builtInShape, shapeOfCode, type NumberShape } from '../rules/number-format.ts';
import { FileRefusal } from './file-refusal.ts';
import type { Limits } from './limits.ts';
import type { Zip } from './open-zip.ts';
import { readWholeXml, type Attributes } from './read-xml.ts';

export interface SheetInfo {
  name: string;
  /** Hidden in the spreadsheet program; named to the user, who may still choose it. */
  hidden: boolean;
}

export interface Workbook {
  sheets: (SheetInfo & { part: string })[];
  /** Days count from 1904 instead of 1900. */
  from1904: boolean;
  /** The number shapes by the style number of a cell. */
  shapes: NumberShape[];
  sharedStrings: string | null;
}

/** Reads what a workbook says about itself: its sheets in their order, hidden ones included, its calendar and number formats. */
export async function readWorkbook(zip: Zip, limits: Limits): Promise<Workbook> {
  const root = await readRelations(zip, '', limits);
  const main = root.find(({ kind }) => kind === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (!zip.has(main)) throw new FileRefusal('archive');
  const relations = await readRelations(zip, main, limits);
  const targetOf = (kind: string) => relations.find((relation) => relation.kind === kind)?.target ?? null;
  const { sheets, from1904 } = await readSheetList(zip, main, relations, limits);
  const styles = targetOf('styles');
  const shared = targetOf('sharedStrings');
  return {
    sheets,
    from1904,
    shapes: styles && zip.has(styles) ? await readShapes(zip, styles, limits) : [],
    sharedStrings: shared && zip.has(shared) ? shared : null,
  };
}

interface PartRelation {
  id: string;
  kind: string;
  target: string;
}

async function readRelations(zip: Zip, part: string, limits: Limits): Promise<PartRelation[]> {
  const folder = posix.dirname(part);
  const file = part ? posix.join(folder, '_rels', `${posix.basename(part)}.rels`) : '_rels/.rels';
  const relations: PartRelation[] = [];
  if (!zip.has(file)) return relations;
  const open = (name: string, { Id = '', Type = '', Target = '', TargetMode }: Attributes): void => {
    if (name !== 'Relationship' || TargetMode === 'External') return;
    const target = Target.startsWith('/') ? Target.slice(1) : posix.join(part ? folder : '', Target);
    if (relations.length >= limits.relations) throw new FileRefusal('too_many_parts', { max: limits.relations });
    relations.push({ id: Id, kind: Type.slice(Type.lastIndexOf('/') + 1), target });
  };
  await readWholeXml(await zip.read(file), { open }, limits);
  return relations;
}

async function readSheetList(
  zip: Zip,
  main: string,
  relations: readonly PartRelation[],
  limits: Limits,
): Promise<Pick<Workbook, 'sheets' | 'from1904'>> {
  const sheets: Workbook['sheets'] = [];
  const byId = new Map(relations.map((relation) => [relation.id, relation]));
  let listed = 0;
  let from1904 = false;
  const open = (name: string, attributes: Attributes): void => {
    if (name === 'workbookPr') from1904 = isTrue(attributes['date1904']);
    if (name !== 'sheet') return;
    listed += 1;
    if (listed > limits.sheets) throw new FileRefusal('too_many_parts', { max: limits.sheets });
    const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1];
    const relation = id === undefined ? undefined : byId.get(id);
    // Charts and macros have tabs too.
    if (relation?.kind !== 'worksheet' || !zip.has(relation.target)) return;
    const state = attributes['state'];
    sheets.push({ name: attributes['name'] ?? '', hidden: state === 'hidden' || state === 'veryHidden', part: relation.target });
  };
  await readWholeXml(await zip.read(main), { open }, limits);
  if (!sheets.length) throw new FileRefusal('no_sheet');
  return { sheets, from1904 };
}

async function readShapes(zip: Zip, part: string, limits: Limits): Promise<NumberShape[]> {
  const written = new Map<number, NumberShape>();
  const shapes: NumberShape[] = [];
  let inCellFormats = false;
  await readWholeXml(
    await zip.read(part),
    {
      open(name, attributes) {
        if (name === 'numFmt') written.set(Number(attributes['numFmtId']), shapeOfCode(attributes['formatCode'] ?? ''));
        if (name === 'cellXfs') inCellFormats = true;
        if (name !== 'xf' || !inCellFormats) return;
        if (shapes.length >= limits.styles) throw new FileRefusal('too_many_parts', { max: limits.styles });
        const id = Number(attributes['numFmtId'] ?? 0);
        shapes.push(written.get(id) ?? builtInShape(id));
      },
      close(name) {
        if (name === 'cellXfs') inCellFormats = false;
      },
    },
    limits,
  );
  return shapes;
}

export const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true' || value === 'on';
