/** P8: batches of others: what they hold, what becomes of them, and bringing rows where one writes none. */
import { canRead } from '../visibility.ts';
import type { StoredRow } from '../world.ts';
import { absentId, get, type Attempt, type Path } from './attempt.ts';

type Secrets = Attempt['secrets'];

/** Every request about one import; `:id` is the only thing that it names. */
export function requestsAbout(id: string, secrets: Secrets, line: number): Attempt[] {
  const at = `/crm/imports/${id}`;
  const post = (path: string, body: object): Attempt => ({ method: 'POST', url: `${at}/${path}`, body, secrets: secrets!, writes: true });
  return [
    get(at, { secrets: secrets! }),
    get(`${at}/rows?limit=100`, { secrets: secrets! }),
    get(`${at}/rows?verdict=error&offset=${line}`, { secrets: secrets! }),
    get(`${at}/rest`, { secrets: secrets! }),
    get(`${at}/sample`, { secrets: secrets! }),
    get(`${at}/undo?limit=10`, { secrets: secrets! }),
    { method: 'PATCH', url: at, body: { mapping: {}, encoding: 'gb18030' }, secrets: secrets!, writes: true },
    { method: 'DELETE', url: at, secrets: secrets!, writes: true },
    post('commit', { suspects: 'new', lines: { [line]: 'skip' } }),
    post('cancel', {}),
    post('undo', {}),
    post('sample', { rows: [{ line, ok: true }], sign: true }),
    post('sample', { again: true }),
  ];
}

/** A file for a segment that the caller does not write. */
export const fileFor = (segment: string, absent: string): Attempt => ({
  method: 'POST',
  url: '/crm/imports',
  form: { kind: 'customers', segment, file: '客户名称,联系人\r\n探测有限公司,某人' },
  secrets: [{ real: segment, absent }],
  writes: true,
});

export const importPaths: Path[] = [
  {
    id: 'P8',
    name: 'imports',
    attempts: ({ draw, world, viewer }) => {
      const batch: StoredRow = draw.pick(world.of('crm_imports').filter((row) => !canRead(viewer, row)));
      const secrets = [{ real: batch.id, absent: absentId(draw) }];
      const [first, ...rest] = requestsAbout(batch.id, secrets, 2 + draw.below(20));
      const elsewhere = world.segments.filter((segment) => segment !== viewer.home && !viewer.managed.includes(segment));
      return [
        get('/crm/imports?limit=100'),
        get(`/crm/imports?limit=1&offset=${draw.below(20)}`),
        get(`/crm/imports/templates/${draw.pick(['customers', 'contacts', 'leads', 'activities', 'orders'])}?format=csv`),
        { ...first!, control: String(batch.values['file_name']) },
        ...rest,
        fileFor(draw.pick(elsewhere), absentId(draw)),
      ];
    },
  },
];
