import { describe, expect, it } from 'vitest';
import { deletionReach } from './deletion-reach.ts';

const link = (from: string, to: string | null, onDelete: string | null) => ({ from, field: 'x', to, onDelete });
const isLogged = (collection: string) => collection.startsWith('crm_');

describe('SEC-3: with whose rows logged ones go', () => {
  it.each([
    ['a key that cascades', [link('crm_contacts', 'tours', 'CASCADE')], ['tours']],
    ['a key that is emptied', [link('crm_contacts', 'tours', 'SET NULL')], ['tours']],
    ['a key that keeps the row', [link('crm_contacts', 'tours', 'NO ACTION'), link('crm_contacts', 'days', null)], []],
    ['rows of others, whoever they point at', [link('visits', 'crm_contacts', 'CASCADE')], []],
    [
      'through others that cascade',
      [link('crm_contacts', 'days', 'SET NULL'), link('days', 'weeks', 'CASCADE'), link('weeks', 'years', 'SET NULL')],
      ['days', 'weeks'],
    ],
    [
      'a circle',
      [link('days', 'weeks', 'CASCADE'), link('weeks', 'days', 'CASCADE'), link('crm_x', 'days', 'SET NULL')],
      ['days', 'weeks'],
    ],
  ])('%s', (_name, links, expected) => expect([...deletionReach(links, isLogged)].sort()).toEqual(expected));
});
