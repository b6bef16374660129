import { describe, expect, it } from 'vitest';
import { t } from './fields.ts';
import { TextBook } from './translations.ts';

describe('texts of the model', () => {
  it('finds every text inside a value, however deep, and leaves the rest alone', () => {
    const book = new TextBook();
    const options = { choices: [{ value: 'draft', text: t('草稿', 'Draft'), color: null }], limit: 15 };
    expect(book.localise(options)).toEqual({ choices: [{ value: 'draft', text: '$t:Draft', color: null }], limit: 15 });
    expect(book.rows()).toEqual([
      { key: 'Draft', language: 'zh-CN', value: '草稿' },
      { key: 'Draft', language: 'en-US', value: 'Draft' },
    ]);
  });

  it('refuses one English text for two Chinese ones, since the English text is the key', () => {
    const book = new TextBook();
    book.refer(t('有效', 'Active'));
    expect(() => book.refer(t('在职', 'Active'))).toThrow('有效');
  });
});
