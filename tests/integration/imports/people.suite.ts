import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { IMPORT_ROWS, IMPORTS } from '../../../extensions/crm/src/imports/staging.ts';
import type { PersonName, World } from '../access/world.ts';
import { csv, deskOf } from './desk.ts';

const TABLE = csv(['客户名称', '手机', '备用电话', '需求'], ['所见有限公司', '13811112222', '13933334444', '请打 13855556666 联系']);

/** Who may bring a table where, and who sees what of it. */
export function peopleSuite(world: () => World): void {
  const desk = (who: PersonName) => deskOf(world().as[who]);
  const brought = async (who: PersonName, segment?: string) => {
    const { status, body } = await desk(who).send(TABLE, segment === undefined ? {} : { segment });
    return status === 201 ? body.segment.id : [status, body.errors![0]!.extensions.reason ?? body.errors![0]!.extensions.code];
  };

  test('IMP-1: a rep into the own segment, heads and admins into theirs, system admins into any, executives nowhere', async () => {
    const { a, b, c } = world().segment;
    expect(await brought('repA1')).toBe(a);
    expect(await brought('repA1', a)).toBe(a);
    expect(await brought('repA1', 't-a')).toBe(a);
    expect(await brought('adminA')).toBe(a);
    expect(await brought('headA')).toEqual([400, 'segment_required']);
    expect(await brought('headA', 't-c')).toBe(c);
    expect(await brought('sysadmin')).toEqual([400, 'segment_required']);
    expect(await brought('sysadmin', b.toUpperCase())).toBe(b);
    expect(await brought('sysadmin', 'nowhere')).toEqual([400, 'unknown_segment']);
    for (const who of ['exec', 'lostRep', 'lostHead'] as const) expect(await brought(who)).toEqual([403, 'FORBIDDEN']);
    expect((await deskOf(world().host.anonymous).send(TABLE)).status).toBe(403);
  });

  test('IMP-1, ORG-2: everybody is told where to import to, how much, and of no other segment', async () => {
    const { a, c } = world().segment;
    const placeOf = async (who: PersonName) => {
      const { place } = (await world().as[who].request('GET', '/crm/imports?limit=1')).body;
      return place && { ...place, segments: place.segments.map(({ id }: { id: string }) => id) };
    };
    const bytes = 100 * 1024 * 1024;
    expect(await placeOf('repA1')).toEqual({ segments: [a], rows: 500, bytes, own: true });
    expect(await placeOf('adminA')).toMatchObject({ segments: [a], own: false });
    expect((await placeOf('headA')).segments.sort()).toEqual([a, c].sort());
    expect((await placeOf('sysadmin')).segments).toContain(world().segment.b);
    for (const who of ['exec', 'lostRep', 'lostHead'] as const) expect(await placeOf(who)).toBeNull();
  });

  test('F32, ORG-2: a segment of others and one that does not exist answer alike', async () => {
    for (const who of ['repA1', 'adminA', 'headA'] as const) {
      const answers = await Promise.all(
        [world().segment.b, 't-b', randomUUID(), 'nowhere'].map((segment) => desk(who).send(TABLE, { segment })),
      );
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(answers[0]!.status).toBe(403);
    }
  });

  test('IMP-1: a rep brings 500 rows and not one more; nothing of the larger file stays', async () => {
    const rows = (count: number) => csv(['客户名称'], ...Array.from({ length: count }, (_, at) => [`第${at}号有限公司`]));
    expect((await desk('repA1').bring(rows(500))).counts.total).toBe(500);
    const before = await world().host.database(IMPORTS).count({ rows: '*' }).first();
    const { status, body } = await desk('repA1').send(rows(501));
    expect([status, body.errors![0]!.extensions.reason]).toEqual([400, 'too_many_rows']);
    expect(body.errors![0]!.message).toContain('500');
    expect(await world().host.database(IMPORTS).count({ rows: '*' }).first()).toEqual(before);
    expect((await desk('adminA').bring(rows(501))).counts.total).toBe(501);
  });

  describe('ORG-2, SEC-1: what others see of an import', () => {
    test('the importer the cells, whoever answers for the segment masks, an executive the history, all others nothing', async () => {
      const { id } = await desk('repA1').bring(TABLE);
      const own = await desk('repA1').rows(id);
      expect([own.clear, own.rows[0]!.cells]).toEqual([true, ['所见有限公司', '13811112222', '13933334444', '请打 13855556666 联系']]);
      for (const who of ['adminA', 'headA', 'sysadmin'] as const) {
        const seen = await desk(who).rows(id);
        expect([who, seen.clear, seen.rows[0]!.cells]).toEqual([
          who,
          false,
          ['所见有限公司', '138****2222', '***', '请打 138****6666 联系'],
        ]);
        expect((await desk(who).view(id)).body.can).toEqual({
          change: false,
          commit: false,
          cancel: false,
          undo: false,
          sample: false,
          redraw: false,
        });
        expect((await world().as[who].request('GET', `/crm/imports/${id}/rest`)).status).toBe(403);
        expect((await world().as[who].request('PATCH', `/crm/imports/${id}`, { mapping: {} })).status).toBe(403);
      }
      expect((await desk('exec').view(id)).status).toBe(200);
      expect((await world().as.exec.request('GET', `/crm/imports/${id}/rows`)).status).toBe(403);
      for (const who of ['repA2', 'repB', 'adminB', 'lostRep', 'lostHead'] as const) {
        for (const path of ['', '/rows', '/rest']) {
          const foreign = await world().as[who].request('GET', `/crm/imports/${id}${path}`);
          const absent = await world().as[who].request('GET', `/crm/imports/${randomUUID()}${path}`);
          expect([who, path, foreign.status, foreign.text]).toEqual([who, path, 403, absent.text]);
        }
      }
    });

    test('a table without headings shows its first person to the importer alone', async () => {
      const { id } = await desk('repA1').bring(csv(['王某', '13877778888'], ['李某', '13866667777']));
      const headings = async (who: PersonName) => (await desk(who).view(id)).body.columns.map(({ header }) => header);
      expect(await headings('repA1')).toEqual(['王某', '13877778888']);
      for (const who of ['adminA', 'exec', 'sysadmin'] as const) expect([who, await headings(who)]).toEqual([who, ['王某', '138****8888']]);
      expect((await world().as.adminA.request('GET', `/crm/imports/${id}/rows`)).text).not.toMatch(/13877778888|13866667777/u);
    });

    test('after the import nobody is shown a sealed value, the importer neither', async () => {
      const { id } = await desk('repA1').bring(TABLE);
      await world().host.database(IMPORTS).where({ id }).update({ status: 'imported' });
      await world().host.database(IMPORT_ROWS).where({ import: id }).update({ state: 'done' });
      const { clear, rows } = await desk('repA1').rows(id);
      expect([clear, rows[0]!.cells[1]]).toEqual([false, '138****2222']);
      const change = await world().as.repA1.request('PATCH', `/crm/imports/${id}`, { mapping: {} });
      expect([change.status, change.body.errors[0].extensions.reason]).toEqual([409, 'not_open']);
    });

    test('the history shows what each of them sees, newest first, page by page', async () => {
      const { database } = world().host;
      const { body } = await world().as.adminA.request('GET', '/crm/imports?limit=3');
      const standing = await database(IMPORTS)
        .where({ segment: world().segment.a })
        .orderBy('date_created', 'desc')
        .select('id', 'date_created');
      expect([body.total, body.imports.length]).toEqual([standing.length, 3]);
      expect(body.imports[0].id).toBe(standing[0].id);
      const next = await world().as.adminA.request('GET', '/crm/imports?limit=3&offset=3');
      expect(next.body.imports.map(({ id }: { id: string }) => id)).not.toContain(body.imports[2].id);
      const own = (await world().as.repA1.request('GET', '/crm/imports?limit=100')).body;
      expect(new Set(own.imports.map(({ owner }: { owner: { id: string } }) => owner.id))).toEqual(new Set([world().id.repA1]));
      expect(
        (await world().as.repA2.request('GET', '/crm/imports?limit=100')).body.imports.every(
          ({ owner }: { owner: { id: string } }) => owner.id === world().id.repA2,
        ),
      ).toBe(true);
      expect((await world().as.lostRep.request('GET', '/crm/imports')).body).toEqual({ imports: [], total: 0, place: null });
      for (const query of ['limit=0', 'limit=101', 'offset=-1', 'limit=x'])
        expect([query, (await world().as.adminA.request('GET', `/crm/imports?${query}`)).status]).toEqual([query, 400]);
    });
  });
}
