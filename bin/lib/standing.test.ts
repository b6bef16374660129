import { describe, expect, it } from 'vitest';
import { decideStanding } from './standing.mjs';

type Seen = Parameters<typeof decideStanding>[0];

const host = ['directus_collections', 'directus_users'];
const seen = (more: Partial<Seen>): Seen => ({
  tables: [],
  mark: null,
  product: undefined,
  place: undefined,
  users: 0,
  isFile: false,
  ...more,
});
const begun = { mode: 'demo', stage: 'bootstrap' } as const;
const installing = { mode: 'production', stage: 'install' } as const;

const CASES: [string, Partial<Seen>, ReturnType<typeof decideStanding>][] = [
  ['a new database', {}, 'empty'],
  ['a new file', { isFile: true }, 'empty'],
  ['a PostgreSQL database in which another program has tables', { tables: ['orders'] }, 'empty'],
  ['a SQLite file of another program', { tables: ['orders'], isFile: true }, 'foreign_file'],
  ['a Directus of others', { tables: host, users: 3 }, 'foreign_host'],
  ['a Directus of others in a file', { tables: host, users: 3, isFile: true }, 'foreign_host'],
  ['a Directus of others with nobody in it', { tables: host }, 'foreign_host'],
  ['half a Directus of others', { tables: ['directus_collections'] }, 'foreign_host'],
  [
    'a Directus that we were installed into',
    { tables: [...host, 'crm_install_state'], product: 'group-crm', place: 'shared', users: 3 },
    'foreign_host',
  ],
  ['tables of our names that somebody else made', { tables: [...host, 'crm_install_state'], product: 'x', users: 1 }, 'foreign_host'],
  ['a finished installation of ours', { tables: [...host, 'crm_install_state'], product: 'group-crm', place: 'own', users: 9 }, 'ours'],
  ['our mark and nothing else yet', { tables: ['crm_start_mark'], mark: begun }, 'half_made'],
  ['our mark and the first of the host’s tables', { tables: ['crm_start_mark', 'directus_collections'], mark: begun }, 'half_made'],
  ['our mark and all tables, before anybody was made', { tables: ['crm_start_mark', ...host], mark: begun }, 'half_made'],
  ['our mark and the first person', { tables: ['crm_start_mark', ...host], mark: begun, users: 1 }, 'ours'],
  ['our mark beside tables of the CRM', { tables: ['crm_start_mark', ...host, 'crm_customers'], mark: begun }, 'ours'],
  ['an installation that is on its way', { tables: ['crm_start_mark', ...host], mark: installing, users: 1 }, 'ours'],
  ['an installation on its way in which nobody is left', { tables: ['crm_start_mark', ...host], mark: installing }, 'ours'],
];

describe('what stands in the database is told apart before anything is written (issue 2 §1)', () => {
  it.each(CASES)('%s', (_, more, kind) => {
    expect(decideStanding(seen(more))).toBe(kind);
  });
});
