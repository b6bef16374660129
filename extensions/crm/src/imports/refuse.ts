import type { Language } from '../platform/api/actor.ts';
import { forbidden, Refusal } from '../platform/api/refusal.ts';
import { say } from '../platform/api/say.ts';
import { FILE_TEXTS } from './locale/file-texts.ts';
import { COMMIT_TEXTS } from './locale/commit-texts.ts';
import { IMPORT_REFUSALS, READING_TEXTS } from './locale/refusals.ts';
import type { ImporterReason } from './rules/importer.ts';
import type { ReadingFault } from './store/import-row.ts';

type Values = Record<string, string | number>;

/** Everything that an import refuses a person, from its upload to its undoing. */
const TEXTS = { ...IMPORT_REFUSALS, ...COMMIT_TEXTS } as const;

export function importRefusal(reason: keyof typeof TEXTS, language: Language | null | undefined, values: Values = {}): Refusal {
  const { code, status, text } = TEXTS[reason];
  return new Refusal({ code, status, message: say(text, language, values), extensions: { reason, ...values } });
}

/** Why somebody imports nothing, or not there; foreign and absent segments look the same (ORG-2). */
export const placeRefusal = (reason: ImporterReason, language: Language): Refusal =>
  reason === 'forbidden' ? forbidden() : importRefusal(reason, language);

/** What of a reading's fault a person is told. */
export const faultText = ({ reason, values }: ReadingFault, language: Language | null | undefined): string =>
  say({ ...FILE_TEXTS, ...READING_TEXTS }[reason], language, values);

const STATUS: Partial<Record<ReadingFault['reason'], number>> = { too_large: 413, no_space: 507, failed: 500 };

/** A file that is not read, as an answer: why, and what to do so that it is (F30). */
export const fileRefusal = (fault: ReadingFault, language: Language | null | undefined): Refusal =>
  new Refusal({
    code: fault.reason === 'failed' ? 'INTERNAL_SERVER_ERROR' : 'IMPORT_FILE_REFUSED',
    status: STATUS[fault.reason] ?? 400,
    message: faultText(fault, language),
    extensions: { reason: fault.reason, ...fault.values },
  });
