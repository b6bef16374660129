import type { Client } from '../../harness/client.ts';

export const API_TOKEN = 'the-token-of-a-foreign-api-user';
export const CLERK_TOKEN = 'the-token-of-a-foreign-clerk';

async function make(admin: Client, path: string, body: unknown): Promise<{ id: string }> {
  const answer = await admin.request<{ data: { id: string } }>('POST', path, body);
  if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
  return answer.body?.data;
}

const uuidField = { field: 'id', type: 'uuid', meta: { special: ['uuid'], hidden: true }, schema: { is_primary_key: true } };
const text = (field: string) => ({ field, type: 'string', meta: { interface: 'input' }, schema: {} });

async function makeCollections(admin: Client): Promise<void> {
  await make(admin, '/collections', {
    collection: 'projects',
    meta: { icon: 'work', note: 'ours, not yours' },
    schema: {},
    fields: [uuidField, text('name'), text('budget')],
  });
  const list = { field: 'tasks', type: 'alias', meta: { special: ['o2m'], interface: 'list-o2m' }, schema: null };
  await make(admin, '/collections', {
    collection: 'tasks',
    meta: {},
    schema: {},
    fields: [uuidField, text('title'), text('state'), { field: 'project', type: 'uuid', meta: { special: ['m2o'] }, schema: {} }],
  });
  await make(admin, '/fields/projects', list);
  await make(admin, '/relations', {
    collection: 'tasks',
    field: 'project',
    related_collection: 'projects',
    meta: { one_field: 'tasks' },
    schema: { on_delete: 'SET NULL' },
  });
}

async function makeRows(admin: Client): Promise<void> {
  for (const [name, budget] of [
    ['Bridge', '100'],
    ['Tunnel', '250'],
    ['Tower', '900'],
  ]) {
    const project = await make(admin, '/items/projects', { name, budget });
    for (const state of ['open', 'done']) await make(admin, '/items/tasks', { title: `${name} ${state}`, state, project: project.id });
  }
}

/** A role with row rules, a person of it, an API user with all rights, and things that anybody may read. */
async function makePeople(admin: Client): Promise<void> {
  const role = await make(admin, '/roles', { name: 'sales_rep', icon: 'badge' });
  const policy = await make(admin, '/policies', { name: 'clerks', app_access: true, enforce_tfa: true, icon: 'badge' });
  await make(admin, '/access', { role: role.id, policy: policy.id, sort: 1 });
  const rule = (collection: string, action: string, permissions: object | null = null) =>
    make(admin, '/permissions', { policy: policy.id, collection, action, permissions, fields: ['*'] });
  await rule('projects', 'read');
  await rule('projects', 'update');
  for (const action of ['create', 'read', 'update', 'delete'])
    await rule('tasks', action, action === 'create' ? null : { state: { _eq: 'open' } });
  await rule('directus_files', 'read');
  await rule('directus_files', 'create');
  await rule('directus_users', 'read');
  await make(admin, '/users', {
    email: 'clerk@example.com',
    password: 'Clerk-2026-x!',
    role: role.id,
    token: CLERK_TOKEN,
    first_name: 'Clara',
  });

  const machines = await make(admin, '/roles', { name: 'machines' });
  const all = await make(admin, '/policies', { name: 'machines', admin_access: true, app_access: true, icon: 'memory' });
  await make(admin, '/access', { role: machines.id, policy: all.id, sort: 1 });
  await make(admin, '/users', { email: 'api@example.com', role: machines.id, token: API_TOKEN });

  const policies = await admin.request<{ data: { id: string }[] }>('GET', '/policies?filter[name][_contains]=public');
  await make(admin, '/permissions', { policy: policies.body.data[0]!.id, collection: 'projects', action: 'read', fields: ['id', 'name'] });
}

async function makeRest(admin: Client): Promise<void> {
  const flow = await make(admin, '/flows', {
    name: 'Nightly',
    status: 'active',
    trigger: 'webhook',
    options: { method: 'GET' },
    accountability: 'all',
  });
  const operation = await make(admin, '/operations', {
    flow: flow.id,
    name: 'Log',
    key: 'log',
    type: 'log',
    position_x: 19,
    position_y: 1,
    options: { message: 'x' },
  });
  await admin.request('PATCH', `/flows/${flow.id}`, { operation: operation.id });
  await make(admin, '/presets', { collection: 'projects', bookmark: 'Cheap ones', layout: 'tabular' });
  const dashboard = await make(admin, '/dashboards', { name: 'Ours' });
  await make(admin, '/panels', {
    dashboard: dashboard.id,
    name: 'Count',
    type: 'metric',
    position_x: 1,
    position_y: 1,
    width: 8,
    height: 6,
    options: { collection: 'projects' },
  });
  await make(admin, '/translations', { key: 'hello', language: 'en-US', value: 'Hello' });
  await make(admin, '/folders', { name: 'Plans' });
  await admin.request('PATCH', '/settings', { project_name: 'Works', default_language: 'de-DE', project_color: '#ff0000' });
}

/** Somebody's Directus with data, rights and habits of its own; a role bears the name of one of ours. */
export async function makeForeignWorld(admin: Client): Promise<void> {
  await makeCollections(admin);
  await makeRows(admin);
  await makePeople(admin);
  await makeRest(admin);
}

/** Requests of their day, for each of their people; none of them may answer otherwise because we are there. */
export const REQUESTS: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ['GET', '/items/projects?sort=name&fields=name,budget,tasks.title'],
  ['GET', '/items/tasks?filter[project][name][_eq]=Bridge&sort=title&fields=title'],
  ['GET', '/items/tasks?sort=project.name,title&fields=title'],
  ['GET', '/items/projects?filter[tasks][state][_eq]=done&sort=name&fields=name'],
  ['GET', '/items/projects?filter[count(tasks)][_gt]=1&sort=name&fields=name'],
  ['GET', '/items/projects?filter[$FOLLOW(tasks,project)][state][_eq]=open&fields=name&sort=name'],
  ['GET', '/items/projects?aggregate[count]=*&groupBy[]=budget'],
  ['GET', '/items/projects?deep[tasks][_filter][state][_eq]=open&fields=name,tasks.title&sort=name'],
  ['GET', '/items/projects?export=csv&sort=name&fields=name'],
  ['GET', '/items/projects?limit=-1&meta=*&fields=name&sort=name'],
  ['SEARCH', '/items/tasks', { query: { filter: { project: { budget: { _gt: '100' } } }, fields: ['title'], sort: ['title'] } }],
  ['PATCH', '/items/tasks', { query: { filter: { title: { _eq: 'nobody' } } }, data: { state: 'open' } }],
  ['PATCH', '/items/projects', { keys: [], data: { budget: '1' } }],
  ['GET', '/items/absent'],
  ['GET', '/items/projects/00000000-0000-4000-8000-000000000000'],
  ['POST', '/graphql', { query: '{ tasks(filter: {project: {name: {_eq: "Bridge"}}}, sort: ["title"]) { title project { name } } }' }],
  ['POST', '/graphql', { query: '{ projects_aggregated { count { id } } }' }],
  ['POST', '/graphql/system', { query: 'mutation { auth_password_request(email: "nobody.there@example.com") }' }],
  ['POST', '/graphql/system', { query: 'mutation { auth_password_reset(token: "a.b.c", password: "Long-2026-enough!") }' }],
  ['GET', '/users/me?fields=email'],
  ['GET', '/users?fields=email&sort=email&filter[role][name][_eq]=sales_rep'],
  ['GET', '/files?fields=id&filter[uploaded_by][email][_eq]=clerk@example.com'],
  ['GET', '/presets?fields=bookmark&filter[bookmark][_eq]=Cheap ones'],
  ['GET', '/dashboards?fields=name&filter[name][_eq]=Ours'],
  ['GET', '/flows?fields=name'],
  ['GET', '/roles?fields=name&filter[name][_eq]=machines'],
  ['GET', '/server/ping'],
  ['GET', '/server/info'],
  ['GET', '/items/tasks?filter[title][_neq]=$CURRENT_USER.first_name&filter[state][_neq]=$NOW&fields=title&sort=title'],
  ['GET', '/server/specs/graphql/items?x=1'],
  ['GET', '/settings?fields=project_name,default_language,project_color'],
  ['POST', '/utils/hash/verify', { string: 'x', hash: 'y' }],
  ['GET', '/utils/random/string?length=0'],
  ['GET', '/shares?fields=id'],
  ['GET', '/activity?fields=id&limit=0'],
  ['GET', '/revisions?fields=id&limit=0'],
  ['GET', '/permissions?fields=collection&filter[collection][_eq]=projects&filter[action][_eq]=update'],
  ['GET', '/fields/projects/name?fields=field'],
  ['GET', '/collections/projects'],
  ['GET', '/relations/tasks/project'],
];
