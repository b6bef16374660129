import { describe, expect, it } from 'vitest';
import { imageOfDescription } from './description.ts';

describe('how a field is described, in the log', () => {
  it('SEC-3: has one form for both databases, and nothing that is neither a rule nor seen by people', () => {
    const rule = { _and: [{ name: { _nnull: true } }] };
    const sqlite = {
      id: 1,
      collection: 'c',
      field: 'f',
      required: 1,
      hidden: 0,
      special: 'a,b',
      validation: JSON.stringify(rule),
      sort: 3,
    };
    const postgres = { ...sqlite, required: true, hidden: false, validation: rule, sort: 4 };
    expect(imageOfDescription(sqlite)).toEqual({ required: true, hidden: false, special: ['a', 'b'], validation: rule });
    expect(imageOfDescription(postgres)).toEqual(imageOfDescription(sqlite));
  });
});
