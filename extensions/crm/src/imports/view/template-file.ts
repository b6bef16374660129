import type { Language } from '../../platform/api/actor.ts';
import { say } from '../../platform/api/say.ts';
import { TEMPLATE_TEXTS } from '../locale/column-texts.ts';
import { toSafeFileName } from '../rules/safe-cell.ts';
import { templateOf } from '../rules/template.ts';
import { TARGETS, type ImportKind } from '../rules/targets.ts';
import type { Words } from '../rules/words.ts';
import { csvLine } from './csv-line.ts';
import { isNeeded } from './import-view.ts';
import { widthOf, XLSX_TYPE } from './workbook-parts.ts';
import { writeWorkbook, type SheetToWrite } from './write-workbook.ts';

export interface TemplateFile {
  name: string;
  type: string;
  bytes: Buffer;
}

/** What people note while the system is down, besides what was asked for (IMP-4). */
const OFFLINE: readonly ImportKind[] = ['activities', 'customers', 'contacts', 'leads'];

const short = (language: Language) => (language === 'zh-CN' ? 'zh' : 'en');

/**
 * What a person fills in and brings back (IMP-2, IMP-4): headings, an example that is skipped when it comes back, choices to pick
 * from, and a guide in both languages. For an outage one workbook holds a sheet for everything that is noted by hand.
 */
export function templateFile(
  { kind, format, offline }: { kind: ImportKind; format: 'csv' | 'xlsx'; offline: boolean },
  words: Words,
  language: Language,
): TemplateFile {
  const title = labelOf(kind, words, language);
  const text = offline ? TEMPLATE_TEXTS.offlineFile : TEMPLATE_TEXTS.file;
  const name = toSafeFileName(language === 'zh-CN' ? `${title}${say(text, language)}` : `${title} ${say(text, language)}`, format);
  if (format === 'csv') {
    const { headers, example } = templateOf(kind, words, short(language));
    return { name, type: 'text/csv; charset=utf-8', bytes: Buffer.from(`\uFEFF${csvLine(headers)}${csvLine(example)}`) };
  }
  const kinds = offline ? [kind, ...OFFLINE.filter((other) => other !== kind)] : [kind];
  const sheets = [...kinds.map((one) => dataSheet(one, words, language)), guideSheet(kinds, words, language, offline)];
  return { name, type: XLSX_TYPE, bytes: writeWorkbook(sheets) };
}

/** What a kind is called, as the model calls the table; the choices of `crm_imports.kind`. */
function labelOf(kind: ImportKind, words: Words, language: Language): string {
  const choice = words.get('crm_imports.kind')!.choices.find(({ value }) => value === kind)!;
  return choice.text[short(language)];
}

function dataSheet(kind: ImportKind, words: Words, language: Language): SheetToWrite {
  const { headers, example, choices } = templateOf(kind, words, short(language));
  return {
    name: labelOf(kind, words, language),
    rows: [headers, example],
    widths: headers.map((header, column) => widthOf([header, example[column]!])),
    choices,
  };
}

/** One row for every column, in both languages side by side. */
function guideSheet(kinds: readonly ImportKind[], words: Words, language: Language, offline: boolean): SheetToWrite {
  const both = (text: Parameters<typeof say>[0]) => `${say(text, 'zh-CN')}\n${say(text, 'en-US')}`;
  const { column, needed, choices, example, yes } = TEMPLATE_TEXTS;
  const rows = kinds.flatMap((kind) => {
    const [zh, en] = [templateOf(kind, words, 'zh'), templateOf(kind, words, 'en')];
    return TARGETS[kind].map(({ key }, at) => [
      kinds.length > 1 ? labelOf(kind, words, language) : '',
      zh.headers[at]!,
      en.headers[at]!,
      isNeeded(kind, key) ? both(yes) : '',
      zh.choices[at]!.length ? `${zh.choices[at]!.join('、')}\n${en.choices[at]!.join(', ')}` : '',
      zh.example[at] === en.example[at] ? zh.example[at]! : `${zh.example[at]!}\n${en.example[at]!}`,
    ]);
  });
  return {
    name: say(TEMPLATE_TEXTS.guide, language),
    rows: [
      ['', say(column, 'zh-CN'), say(column, 'en-US'), both(needed), both(choices), both(example)],
      ...(offline ? [['', both(TEMPLATE_TEXTS.offline)]] : []),
      ['', both(TEMPLATE_TEXTS.howTo)],
      ...rows,
    ],
    widths: [10, 30, 30, 10, 60, 30],
  };
}
