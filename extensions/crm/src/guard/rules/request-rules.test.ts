import { describe, expect, it } from 'vitest';
import { namesForeignVariable } from './caller-variables.ts';
import { namesClosedField } from './graphql-text.ts';
import { originOf } from './host-errors.ts';
import { isDeeperThan } from './plain-values.ts';
import { mayChangeCollection, mayChangeField, relationComparesSecret, touchesInstalled } from './schema-change.ts';
import { claimsOf, decideShare, decideSignIn, holdOf, isForAnybody, isOpenPath, isOpenWhileHeld, isSetUpPath } from './token-claims.ts';

describe('ORG-2: variables of a filter stay with the caller', () => {
  it.each<[unknown, boolean]>([
    ['$CURRENT_USER', false],
    ['$CURRENT_USER.crm_segment', false],
    ['$CURRENT_USER.crm_managed_segments.crm_segment', false],
    ['$NOW(-1 month)', false],
    ['$CURRENT_ROLE', false],
    ['$CURRENT_USER.role.users.email', true],
    ['$CURRENT_USER.crm_segment.customers.name', true],
    ['$CURRENT_USER.password', true],
    ['$CURRENT_ROLE.users.email', true],
    ['$CURRENT_POLICIES.name', true],
    [{ _and: [{ name: { _in: '$CURRENT_ROLES.users.email' } }] }, true],
    ['{"name":{"_in":"\\u0024CURRENT_ROLE.users.email"}}', true],
    ['{ x(filter: {name: {_in: "\\u{24}CURRENT_ROLE.users.email"}}) { id } }', true],
    [{ price: 5, text: 'CURRENT_USER' }, false],
  ])('%j', (value, expected) => {
    expect(namesForeignVariable(value)).toBe(expected);
  });
});

describe('system GraphQL that no event announces', () => {
  const rep = { known: true, ofTheCrm: true };
  const stranger = { known: false, ofTheCrm: false };
  const admin = { known: true, ofTheCrm: false };
  it.each<[string, string, typeof rep, boolean]>([
    ['a relation of ours', 'mutation { delete_relations_item(collection: "crm_contacts", field: "customer") { field } }', admin, true],
    ['a relation of others', 'mutation { delete_relations_item(collection: "articles", field: "author") { field } }', admin, false],
    ['hashes for strangers', 'mutation { utils_hash_generate(string: "x") }', stranger, true],
    ['health for strangers', '{ server_health }', stranger, true],
    ['accepting an invitation', 'mutation { users_invite_accept(token: "t", password: "p") }', stranger, false],
    ['inviting', 'mutation { users_invite(email: "a", role: "b") }', rep, true],
    ['sorting', 'mutation { utils_sort(collection: "crm_customers", item: "a", to: "b") }', rep, true],
    ['ACC-4: a password by mail', 'mutation { auth_password_request(email: "a") }', stranger, true],
    ['ACC-4: a password by mail, logged in', 'mutation { auth_password_reset(token: "a", password: "b") }', rep, true],
    ['ACC-7: a password guessed by GraphQL', 'mutation { users_me_tfa_generate(password: "a") { secret } }', rep, true],
    ['ACC-7: the second factor of others', 'mutation { users_me_tfa_enable(otp: "1", secret: "a") }', admin, false],
    ['a plain read', '{ users_me { id } }', rep, false],
  ])('%s', (_name, text, caller, expected) => {
    expect(namesClosedField({ text, variables: null }, caller)).toBe(expected);
  });
});

describe('a log-in ends when its user does (F2, F5)', () => {
  const claims = { id: 'u', role: 'r', share: null, session: null, issuedAt: 1000 };
  const state = {
    status: 'active',
    role: 'r',
    hasSecondFactor: false,
    demandsSecondFactor: false,
    thawedAt: null,
    passwordChangedAt: null,
    hold: null,
  };
  it.each([
    ['active', claims, state, 'valid'],
    ['suspended', claims, { ...state, status: 'suspended' }, 'ended'],
    ['deleted', claims, null, 'ended'],
    ['ACC-9: thawed since: what is older than the freeze stays dead', claims, { ...state, thawedAt: new Date(1_001_200) }, 'ended'],
    ['ACC-9: given out in the second of the thaw', claims, { ...state, thawedAt: new Date(1_000_900) }, 'ended'],
    ['ACC-9: given out after the thaw', claims, { ...state, thawedAt: new Date(999_900) }, 'valid'],
    ['ACC-5: older than the password', claims, { ...state, passwordChangedAt: new Date(1_001_200) }, 'ended'],
    ['ACC-5: of the second in which it was changed', claims, { ...state, passwordChangedAt: new Date(1_000_900) }, 'ended'],
    ['ACC-5: given out after it', claims, { ...state, passwordChangedAt: new Date(999_900) }, 'valid'],
    [
      'ACC-5: a browser that the host let stand',
      { ...claims, session: 's' },
      { ...state, passwordChangedAt: new Date(1_001_200) },
      'valid',
    ],
    ['another role now', claims, { ...state, role: 'other' }, 'role_changed'],
    ['no role any more', claims, { ...state, role: null }, 'role_changed'],
    ['ACC-7: second factor asked for', claims, { ...state, demandsSecondFactor: true }, 'second_factor_missing'],
    ['ACC-7: second factor set up since', claims, { ...state, demandsSecondFactor: true, hasSecondFactor: true }, 'valid'],
  ])('%s', (_name, token, user, verdict) => {
    expect(decideSignIn(token, user)).toBe(verdict);
  });

  const token = (body: object) => `x.${Buffer.from(JSON.stringify(body)).toString('base64url')}.y`;
  const decode = (part: string) => Buffer.from(part, 'base64url').toString('utf8');
  it('reads the claims of a token and of nothing else', () => {
    expect(claimsOf(token({ iss: 'directus', id: 'u', role: 'r', session: 's', enforce_tfa: true, iat: 1000 }), decode)).toEqual({
      ...claims,
      session: 's',
    });
    expect(claimsOf(token({ iss: 'other', id: 'u' }), decode)).toBeNull();
    for (const broken of ['', 'static-token', 'a.b.c', null, 5, 'x.%%%.y']) expect(claimsOf(broken, decode)).toBeNull();
  });
  it('lets people log in again, and set up the second factor', () => {
    expect(isOpenPath('/auth/login')).toBe(true);
    expect(isOpenPath('/authx')).toBe(false);
    expect(isSetUpPath('POST', '/users/me/tfa/enable/')).toBe(true);
    expect(isSetUpPath('GET', '/users/me')).toBe(true);
    expect(isSetUpPath('GET', '/items/crm_customers')).toBe(false);
    expect(isSetUpPath('GET', '/users/mean')).toBe(false);
    expect(isSetUpPath('PATCH', '/settings')).toBe(false);
    expect(isSetUpPath('GET', '/users/me', '*,avatar.*,role.*')).toBe(true);
    for (const fields of ['*.*', 'id,role.users.email', ['role.users.*'], ['crm_team.name'], { 0: 'role.users.id' }])
      expect(isSetUpPath('GET', '/users/me', fields)).toBe(false);
  });
});

describe('somebody who is held has no rights yet', () => {
  it.each([
    [{ crm_pending_exam: 1, crm_must_change_password: 1 }, 'exam'],
    [{ crm_pending_exam: true, crm_must_change_password: false }, 'exam'],
    [{ crm_pending_exam: false, crm_must_change_password: true }, 'password'],
    [{ crm_pending_exam: 0, crm_must_change_password: 0 }, null],
    [{ crm_must_change_password: true, provider: 'default' }, 'password'],
    [{ crm_must_change_password: true, provider: 'group' }, null],
    [{ crm_pending_exam: true, provider: 'group' }, 'exam'],
    [{}, null],
  ])('ACC-5, ACC-11: %j is held by %s', (user, hold) => {
    expect(holdOf(user)).toBe(hold);
  });

  it.each<[string, string, unknown, boolean, boolean]>([
    ['POST', '/auth/logout', undefined, true, true],
    ['GET', '/server/info', undefined, true, true],
    ['GET', '/users/me', undefined, true, true],
    ['GET', '/Users/Me/', ['id', '*'], true, true],
    ['GET', '/users/me', 'id,crm_segment.customers.name', false, false],
    ['GET', '/users/me', ['*.*'], false, false],
    ['GET', '/users/me', { a: 'x.y' }, false, false],
    ['PATCH', '/users/me', undefined, false, false],
    ['GET', '/users/meantime', undefined, false, false],
    ['GET', '/crm/session', undefined, true, true],
    ['POST', '/crm/session/password', undefined, false, true],
    ['POST', '/crm/session/unlock', undefined, false, false],
    ['GET', '/crm/my-day', undefined, false, false],
    ['GET', '/items/crm_customers', undefined, false, false],
    ['POST', '/graphql', undefined, false, false],
    ['GET', '/assets/x', undefined, false, false],
    ['GET', '/authx', undefined, false, false],
  ])('ACC-5, ACC-11: %s %s with %j: before the exam %s, before a password of their own %s', (method, path, fields, exam, password) => {
    expect([isOpenWhileHeld('exam', { method, path, fields }), isOpenWhileHeld('password', { method, path, fields })]).toEqual([
      exam,
      password,
    ]);
  });

  const maker = { status: 'active', hold: null, thawedAt: null };
  it.each([
    ['ACC-11: of somebody who is held', { ...maker, hold: 'exam' as const }, 'ended'],
    ['N4: of somebody who is frozen', { ...maker, status: 'suspended' }, 'ended'],
    ['N4: given out before the freeze that is over', { ...maker, thawedAt: new Date(1_000_900) }, 'ended'],
    ['N4: given out after it', { ...maker, thawedAt: new Date(999_900) }, 'valid'],
    ['of whoever works', maker, 'valid'],
    ['of none of ours', null, 'valid'],
  ])('a share is as alive as its maker: %s', (_name, state, verdict) => {
    expect(decideShare({ issuedAt: 1000 }, state)).toBe(verdict);
  });

  it.each([
    ['GET', '/crm/session.js', true],
    ['GET', '/crm/Signed-out.js/', true],
    ['GET', '/crm/reset-password', true],
    ['POST', '/crm/session/reset', true],
    ['POST', '/crm/faults/login', true],
    ['POST', '/crm/session/password', false],
    ['GET', '/extensions/sources/index.js', true],
    ['GET', '/extensions', false],
    ['GET', '/crm/session', false],
    ['GET', '/crm/exports/x/a.js', false],
    ['GET', '/assets/a.js', false],
  ])('ACC-4: %s %s asks nobody who they are: %s', (method, path, anybody) => {
    expect(isForAnybody(method, path)).toBe(anybody);
  });
});

describe('what we installed stays as it is; how it shows belongs to the administrator', () => {
  const column = { type: 'string', nullable: false, special: [], defaultValue: null, length: 255 };
  it.each<[string, Record<string, unknown>, boolean]>([
    ['a label', { meta: { translations: [{ language: 'zh-CN', translation: '名称' }], note: 'x', width: 'half' } }, true],
    [
      'the column sent back unchanged',
      {
        type: 'string',
        schema: { name: 'name', is_nullable: false, max_length: 255, default_value: null, is_unique: false },
        meta: { special: [] },
      },
      true,
    ],
    ['another type', { type: 'integer' }, false],
    ['may be empty', { schema: { is_nullable: true } }, false],
    ['shorter', { schema: { max_length: 10 } }, false],
    ['unique', { schema: { is_unique: true } }, false],
    ['another default', { schema: { default_value: 'x' } }, false],
    ['hashed', { meta: { special: ['hash'] } }, false],
  ])('%s', (_name, change, expected) => {
    expect(mayChangeField(column, change)).toBe(expected);
  });
  it('a collection keeps its history', () => {
    expect(mayChangeCollection('crm_contacts', { note: 'x', icon: 'star' })).toBe(true);
    expect(mayChangeCollection('crm_contacts', { accountability: null })).toBe(false);
    expect(mayChangeCollection('crm_contacts', { versioning: true })).toBe(false);
    expect(mayChangeCollection('crm_contacts', { sort_field: 'name' })).toBe(false);
    expect(mayChangeCollection('crm_opportunities', { sort_field: 'amount' })).toBe(false);
    expect(mayChangeCollection('crm_stages', { sort_field: 'sort' })).toBe(true);
    expect(mayChangeCollection('crm_contacts', { sort_field: 'own_order' })).toBe(true);
    expect(mayChangeCollection('directus_users', { sort_field: 'email' })).toBe(false);
    expect(mayChangeCollection('directus_users', { sort_field: null })).toBe(true);
  });
  it('SEC-1: nothing is ordered by a cipher or an index, and no relation hangs on one', () => {
    expect(mayChangeCollection('crm_contacts', { sort_field: 'phone_index' })).toBe(false);
    expect(relationComparesSecret('crm_contacts', { field: 'visit', sort: 'phone_index' })).toBe(true);
    expect(relationComparesSecret('crm_leads', { field: 'email_sealed', sort: null })).toBe(true);
    expect(relationComparesSecret('crm_contacts', { field: 'visit', sort: 'name' })).toBe(false);
    expect(relationComparesSecret('articles', { field: 'phone_index', sort: undefined })).toBe(false);
  });
  it('a schema file may add to others', () => {
    const ours = {
      isCollection: (name: string) => name === 'crm_customers',
      isField: (collection: string, field: string) => collection === 'crm_customers' && field === 'name',
    };
    expect(
      touchesInstalled(ours, {
        diff: { collections: [{ collection: 'articles' }], fields: [{ collection: 'crm_customers', field: 'mine' }] },
      }),
    ).toBe(false);
    expect(touchesInstalled(ours, { diff: { fields: [{ collection: 'crm_customers', field: 'name' }] } })).toBe(true);
    expect(touchesInstalled(ours, { diff: { collections: [{ collection: 'crm_customers' }] } })).toBe(true);
  });
});

describe('bad input is told from failures of the server', () => {
  const thrown = (Kind: new (text: string) => Error, stack: string) => Object.assign(new Kind('x'), { stack: `x\n    at ${stack}` });
  it.each<[string, unknown, string]>([
    ['a value PostgreSQL cannot read', { code: '22P02' }, 'input'],
    ['a column that does not exist', { code: '42703' }, 'input'],
    ['SQLite reading a word as a number', new Error('SQLITE_MISMATCH: datatype mismatch'), 'input'],
    ['the host stumbling over a query', thrown(TypeError, 'validateFilter (/x/api/dist/utils/validate-query.js:1:1)'), 'input'],
    ['a lost connection', { code: '57P01' }, 'server'],
    ['a deadlock', { code: '40P01' }, 'collision'],
    ['a deadlock that the host tried again in vain', new Error('Transaction failed', { cause: { code: '40P01' } }), 'collision'],
    ['a row that others point at, on PostgreSQL', { code: '23503' }, 'in_use'],
    ['a row that others point at, on SQLite', new Error('SQLITE_CONSTRAINT: FOREIGN KEY constraint failed'), 'in_use'],
    ['an address that cannot be read', new URIError('URI malformed'), 'input'],
    ['a place for files that is not there', new Error('Location "x" doesn\'t exist.'), 'input'],
    ['a mistake of ours', thrown(TypeError, 'step (/x/extensions/crm/dist/api.js:1:1)'), 'server'],
    ['nothing', null, 'server'],
  ])('%s', (_name, error, origin) => {
    expect(originOf(error)).toBe(origin);
  });
  it('depth is counted without recursion', () => {
    let deep: unknown = {};
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(isDeeperThan(deep, 40)).toBe(true);
    expect(isDeeperThan({ a: [{ b: 1 }] }, 40)).toBe(false);
  });
});
