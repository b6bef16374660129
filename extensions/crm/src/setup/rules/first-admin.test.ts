import { describe, expect, it } from 'vitest';
import { decideFirstAdmin, type FirstAdminAttempt } from './first-admin.ts';

const now = new Date('2026-11-22T08:00:00Z');
const good: FirstAdminAttempt = { link: { expires: '2026-11-22T08:00:01Z' }, matches: true, taken: false, now };

describe('the one-time link for the first system admin', () => {
  it.each<[string, Partial<FirstAdminAttempt>, string]>([
    ['is void when none was printed', { link: null }, 'link_invalid'],
    ['is void when it is not the printed one', { matches: false }, 'link_invalid'],
    ['is void at the moment it expires', { link: { expires: '2026-11-22T08:00:00Z' } }, 'link_invalid'],
    ['is void when its end cannot be read', { link: { expires: 'soon' } }, 'link_invalid'],
    ['makes no second system admin', { taken: true }, 'taken'],
    ['tells nothing about who is admin to a wrong link', { matches: false, taken: true }, 'link_invalid'],
  ])('%s', (_, change, reason) => {
    expect(decideFirstAdmin({ ...good, ...change })).toEqual({ accepted: false, reason });
  });

  it('is good until it expires', () => {
    expect(decideFirstAdmin(good)).toEqual({ accepted: true, value: true });
  });
});
