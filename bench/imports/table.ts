/** Seeded tables of customers, each with a contact: as our import takes them, and as the host's own does. */
import { columnName } from '../../extensions/crm/src/imports/rules/cell-text.ts';
import { workbookParts, zipOf } from '../../tests/harness/workbook-file.ts';

export interface Place {
  segment: string;
  /** The reps who own the rows, dealt out one by one. */
  owners: readonly { id: string; email: string }[];
  industry: { id: string; code: string };
}

const HEADINGS = ['客户名称', '负责人', '所属行业', '首次需求', '电话', '客户等级', '地址', '联系人', '职务', '手机', '邮箱'];

const digits = (number: number, length: number): string => String(number).padStart(length, '0').slice(-length);

/** Telephones by line and run, eight digits each. */
const FIRST_PHONE = 20_000_000;
const RUNS = 100;

/** What a line says; `run` keeps the rows of one file apart from those of all others. */
const lineOf = (run: number, at: number) => ({
  name: `杭州第${run}批${digits(at, 7)}号贸易有限公司`,
  needs: `需求 ${at % 997}`,
  phone: `0571-${FIRST_PHONE + at * RUNS + run}`,
  grade: 'ABC'[at % 3]!,
  address: `杭州市西湖区文三路 ${at % 2000} 号 ${at % 30} 楼`,
  person: `张${digits(at, 6)}`,
  position: ['经理', '总监', '采购'][at % 3]!,
  mobile: `13${digits(run, 2)}${digits(at, 7)}`,
  email: `p${at}.r${run}@example.com`,
});

function* lines(run: number, rows: number, { owners, industry }: Place): Generator<string[]> {
  yield HEADINGS;
  for (let at = 0; at < rows; at++) {
    const { name, needs, phone, grade, address, person, position, mobile, email } = lineOf(run, at);
    yield [name, owners[at % owners.length]!.email, industry.code, needs, phone, grade, address, person, position, mobile, email];
  }
}

const LINES_A_PIECE = 5000;

function* joined(all: Iterable<string>): Generator<Buffer> {
  let piece: string[] = [];
  for (const one of all) {
    piece.push(one);
    if (piece.length === LINES_A_PIECE) {
      yield Buffer.from(piece.join(''));
      piece = [];
    }
  }
  yield Buffer.from(piece.join(''));
}

function* mapped<T>(all: Iterable<T>, to: (one: T, at: number) => string): Generator<string> {
  let at = 0;
  for (const one of all) yield to(one, at++);
}

/** `wide` adds a column that nobody imports, of so many characters, so that a file has the size that is wanted. */
export const csvFile = (run: number, rows: number, place: Place, wide = 0): Buffer => {
  const more = wide ? `,${'备'.repeat(Math.floor(wide / 3))}` : '';
  return Buffer.concat([...joined(mapped(lines(run, rows, place), (cells) => `${cells.join(',')}${more}\r\n`))]);
};

/** The same cells as texts of a workbook, in the table of shared texts where spreadsheet programs put them. */
export function xlsxFile(run: number, rows: number, place: Place): Buffer {
  const shared = new Map<string, number>();
  const known = (text: string): number => {
    const found = shared.get(text) ?? shared.size;
    if (found === shared.size) shared.set(text, found);
    return found;
  };
  const cell = (text: string, row: number, column: number) => `<c r="${columnName(column)}${row}" t="s"><v>${known(text)}</v></c>`;
  const sheet = [
    ...joined(
      mapped(
        lines(run, rows, place),
        (cells, at) => `<row r="${at + 1}">${cells.map((text, to) => cell(text, at + 1, to)).join('')}</row>`,
      ),
    ),
  ];
  const texts = [...joined(mapped(shared.keys(), (text) => `<si><t>${text}</t></si>`))];
  return zipOf(workbookParts([{ name: '客户', rows: Buffer.concat(sheet).toString() }], { shared: Buffer.concat(texts).toString() }));
}

/**
 * The host's import takes one collection a file, keys and not names, and knows nothing of duplicates. Without ids it does
 * not even look whether a row is there.
 */
export function hostCustomers(run: number, rows: number, { segment, owners, industry }: Place): Buffer {
  const file = ['name,segment,owner,industry,needs,phone,grade,address\r\n'];
  for (let at = 0; at < rows; at++) {
    const { name, needs, phone, grade, address } = lineOf(run, at);
    file.push(`${[name, segment, owners[at % owners.length]!.id, industry.id, needs, phone, grade, address].join(',')}\r\n`);
  }
  return Buffer.from(file.join(''));
}

/** @param idOf gives the customer's key by its name. */
export function hostContacts(run: number, rows: number, { segment, owners }: Place, idOf: (name: string) => string): Buffer {
  const file = ['customer,segment,owner,name,position,phone,email\r\n'];
  for (let at = 0; at < rows; at++) {
    const { name, person, position, mobile, email } = lineOf(run, at);
    file.push(`${[idOf(name), segment, owners[at % owners.length]!.id, person, position, mobile, email].join(',')}\r\n`);
  }
  return Buffer.from(file.join(''));
}
