import type { Row } from '../../platform/api/host.ts';
import { Refusal, SAID } from '../../platform/api/refusal.ts';
import { say, type Said } from '../../platform/api/say.ts';
import type { WriteContext, WriteStep } from '../../platform/api/write-pipeline.ts';
import { SAMPLE_BAND } from '../rules/draw-sample.ts';

const SEGMENTS = 'crm_segments';

const SETTINGS: Readonly<Record<string, { least: number; most: number; text: Said }>> = {
  import_sample_percent: {
    ...SAMPLE_BAND,
    text: {
      'zh-CN': '抽检比例请填 {least} 至 {most} 的整数，或留空按 {least}%。',
      'en-US': 'A whole number from {least} to {most}, or nothing for {least} %.',
    },
  },
  import_error_limit: {
    least: 0,
    most: 100,
    text: {
      'zh-CN': '请填 {least} 至 {most} 的整数，或留空按 5%。',
      'en-US': 'A whole number from {least} to {most}, or nothing for 5 %.',
    },
  },
};

/** A segment checks as much of an import as the measure says (IMP-3): what it sets is refused beside the band, not bent into it unsaid. */
export const sampleSettingsStep: WriteStep = {
  name: 'imports/sample: settings of segments',
  collections: [SEGMENTS],
  beforeCreate: (payload, context) => checked(payload, context),
  beforeUpdate: (payload, _keys, context) => checked(payload, context),
};

/** What the form leaves empty is nothing. */
function checked(payload: Row, { actor }: WriteContext): Row {
  const result = { ...payload };
  for (const [field, { least, most, text }] of Object.entries(SETTINGS)) {
    if (!(field in result)) continue;
    const sent = result[field] ?? null;
    const value = typeof sent === 'string' ? (sent.trim() ? Number(sent) : null) : sent;
    if (value !== null && !(Number.isInteger(value) && (value as number) >= least && (value as number) <= most)) {
      const message = say(text, actor?.language, { least, most });
      const extensions = { collection: SEGMENTS, field, type: SAID, reason: 'out_of_band', validation_message: message };
      throw new Refusal({ code: 'FAILED_VALIDATION', status: 400, message, extensions });
    }
    result[field] = value;
  }
  return result;
}
