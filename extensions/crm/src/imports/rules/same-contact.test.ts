import { expect, test } from 'vitest';
import { contradictsContact } from './same-contact.ts';

const indexes = (mask: string, value: string) => [`new.${mask}.${value}`, `old.${mask}.${value}`];
const said = { name: '李雷', phone: '13800138000', email: 'li@example.com', wechat: 'lilei' };

test.each<[string, Record<string, unknown>, Record<string, unknown>, boolean]>([
  ['nothing is stored beside the name', said, { phone_index: null, email_index: null }, false],
  [
    'number and mail are the same, under an older key too',
    said,
    { phone_index: 'old.phone.13800138000', email_index: 'new.email.li@example.com' },
    false,
  ],
  ['the number is another one', said, { phone_index: 'new.phone.13900139000' }, true],
  ['the mail is another one', said, { phone_index: 'new.phone.13800138000', email_index: 'new.email.x@example.com' }, true],
  ['the line leaves the number open', { name: '李雷' }, { phone_index: 'new.phone.13900139000' }, false],
  ['the messenger name is another one', said, { wechat_index: 'new.handle.other' }, false],
])('DQ-5: a contact of the same name below the same customer: %s', (_name, line, stored, contradicts) => {
  expect(contradictsContact(line, stored, indexes)).toBe(contradicts);
});
