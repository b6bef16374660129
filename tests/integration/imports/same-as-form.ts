import { beforeAll, describe, expect, test } from 'vitest';
import type { Row } from '../../../extensions/crm/src/platform/api/host.ts';
import type { ImportKind } from '../../../extensions/crm/src/imports/rules/targets.ts';
import type { Stage } from '../customers/stage.ts';
import { committed, plantImport, type Line } from './planted.ts';
import { portrait } from './portrait.ts';

/** What stands before the imports, in both segments alike; entered through the API. */
const STANDING = ['旧客户甲有限公司', '旧客户乙有限公司', '旧客户丙', '旧客户丁有限公司'] as const;

/** One half of the experiment: a segment, and the rep who works there. */
interface Side {
  segment: string;
  rep: string;
  ids: Map<string, string>;
}

/**
 * The same rows once by an import and once, one by one, through the API by the same person: everything that stands afterwards
 * is equal (design.md 10). Two segments with a head in common, so that neither half finds the other's rows.
 */
export function sameAsForm(stage: () => Stage): void {
  describe('an import writes what the form would have written', () => {
    let fast: Side;
    let slow: Side;
    const api = async (path: string, row: Row, method = 'POST') => {
      const answer = await stage().world.as.headA.request<{ data: { id: string } }>(method, `/items/${path}`, row);
      if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return answer.body.data.id;
    };

    beforeAll(async () => {
      const { world } = stage();
      fast = { segment: world.segment.a, rep: world.id.repA1, ids: new Map() };
      slow = { segment: world.segment.c, rep: world.id.repC, ids: new Map() };
      for (const side of [fast, slow]) {
        for (const name of STANDING) {
          const row = { name, segment: side.segment, owner: side.rep, ...(name === '旧客户丙' ? { phone: '010-65588888' } : {}) };
          side.ids.set(name, await api('crm_customers', row));
        }
        const customer = side.ids.get(STANDING[1]);
        side.ids.set('李雷', await api('crm_contacts', { customer, name: '李雷', phone: '13800138000', is_primary: true }));
        side.ids.set('旧线索', await api('crm_leads', { title: '旧线索', segment: side.segment, owner: side.rep, phone: '13800138001' }));
        side.ids.set('X-1', await api('crm_orders', { number: 'X-1', customer, amount: '10.00' }));
        await api('crm_opportunities', { title: '进行中', customer: side.ids.get(STANDING[3]) });
        side.ids.set(
          '旧行动',
          await api('crm_activities', { type: 'call', subject: '旧行动', customer, done_at: '2026-01-05T02:00:00.000Z' }),
        );
      }
    });

    /** Imports the lines into one segment, writes the same rows one by one into the other, and compares the two. */
    async function compare(kind: ImportKind, lines: readonly Line[], write: (side: Side) => Promise<void>): Promise<void> {
      const { world, industry, region, tag } = stage();
      const names = new Map([...fast.ids, ['repC', fast.rep], ['head', world.id.headA], ['65', industry], ['杭州', region], ['标签', tag]]);
      const planted = lines.map((line) => ({ ...line, updates: line.updates && fast.ids.get(line.updates) }));
      const id = await plantImport(world, { kind, who: 'headA', segment: fast.segment, names, lines: planted });
      // Another number than that of the stored contact: somebody says that it is the same person.
      const over = planted.flatMap(({ cells, updates, joins }, at) =>
        updates && !joins && cells['联系人'] && cells['手机'] ? [[at + 2, updates]] : [],
      );
      const done = await committed(world, id, 'headA', { lines: Object.fromEntries(over) });
      expect([done['status'], Number(done['rows_done']), Number(done['rows_faulty'])]).toEqual(['imported', lines.length, 0]);
      await write(slow);
      const seen = (side: Side) =>
        portrait(
          world.host.database,
          side.segment,
          new Map([
            [side.segment, 'segment'],
            [side.rep, 'rep'],
            [world.id.headA, 'head'],
          ]),
        );
      const [one, other] = [await seen(fast), await seen(slow)];
      expect(one.rows).toEqual(other.rows);
      expect(one.log).toEqual(other.log);
    }

    test('IMP-1, SEC-1, SEC-3, CUS-5: customers with contacts and tags, new ones and updates', async () => {
      const { industry, region, tag } = stage();
      const lines: Line[] = [
        {
          cells: {
            客户名称: '新完整有限公司',
            负责人: 'repC',
            所属行业: '65',
            地区: '杭州',
            首次需求: '采购系统',
            电话: '010-65588888',
            客户等级: 'A',
            年营业额: '120000.50',
            最近核实日期: '2026-01-05',
            联系人: '韩梅梅',
            职务: '采购经理',
            手机: '13800131111',
            邮箱: 'han@example.com',
            微信: 'han_mm',
            决策人: '是',
            标签: '标签',
          },
        },
        { cells: { 客户名称: '新草稿有限公司' } },
        { cells: { 客户名称: '王小明', 客户类型: '个人', 电话: '13800132222', 负责人: 'repC' } },
        {
          cells: { 客户名称: STANDING[0], 地址: '北京市朝阳区一号', 标签: '标签', 联系人: '新联系人', 手机: '13800133333' },
          updates: STANDING[0],
        },
        { cells: { 客户名称: STANDING[1], 联系人: '李雷', 手机: '13800134444', 职务: '总监' }, updates: STANDING[1] },
        { cells: { 客户名称: STANDING[2], 客户类型: '个人' }, updates: STANDING[2] },
        { cells: { 客户名称: STANDING[3], 负责人: 'head', 客户等级: 'B' }, updates: STANDING[3] },
      ];
      await compare('customers', lines, async ({ segment, rep, ids }) => {
        const full = {
          name: '新完整有限公司',
          industry,
          region,
          needs: '采购系统',
          phone: '010-65588888',
          grade: 'A',
          annual_revenue: '120000.50',
          last_verified_on: '2026-01-05',
        };
        const first = await api('crm_customers', { ...full, segment, owner: rep });
        await api('crm_customers', { name: '新草稿有限公司', segment });
        await api('crm_customers', { name: '王小明', kind: 'person', phone: '13800132222', segment, owner: rep });
        await api('crm_customers_tags', { customer: first, tag });
        const person = { name: '韩梅梅', position: '采购经理', phone: '13800131111', email: 'han@example.com', wechat: 'han_mm' };
        await api('crm_contacts', { ...person, is_decision_maker: true, customer: first });

        await api(`crm_customers/${ids.get(STANDING[0])}`, { name: STANDING[0], address: '北京市朝阳区一号' }, 'PATCH');
        await api('crm_customers_tags', { customer: ids.get(STANDING[0]), tag });
        await api('crm_contacts', { name: '新联系人', phone: '13800133333', customer: ids.get(STANDING[0]) });
        await api(`crm_customers/${ids.get(STANDING[1])}`, { name: STANDING[1] }, 'PATCH');
        await api(`crm_contacts/${ids.get('李雷')}`, { name: '李雷', phone: '13800134444', position: '总监' }, 'PATCH');
        await api(`crm_customers/${ids.get(STANDING[2])}`, { name: STANDING[2], kind: 'person' }, 'PATCH');
        const head = stage().world.id.headA;
        await api(`crm_customers/${ids.get(STANDING[3])}`, { name: STANDING[3], owner: head, grade: 'B' }, 'PATCH');
      });
    });

    test('IMP-1, SEC-1, F32: a company on several lines, its first contact the main one, within a chunk and across', async () => {
      const { industry, region } = stage();
      const far = 205;
      const lines: Line[] = [
        { cells: { 客户名称: '多人有限公司', 所属行业: '65', 地区: '杭州', 首次需求: '采购', 负责人: 'repC', 联系人: '甲人' } },
        { cells: { 客户名称: '多人有限公司', 联系人: '乙人', 手机: '13800138101', 职务: '经理' }, joins: 2 },
        { cells: { 客户名称: STANDING[0], 地址: '北京市朝阳区二号', 联系人: '丙人' }, updates: STANDING[0] },
        { cells: { 客户名称: STANDING[0], 地址: '北京市朝阳区二号', 联系人: '丁人', 微信: 'ding' }, updates: STANDING[0], joins: 4 },
        { cells: { 客户名称: STANDING[1], 联系人: '戊人' }, updates: STANDING[1] },
        { cells: { 客户名称: STANDING[1], 联系人: '李雷', 职务: '总裁' }, updates: STANDING[1], joins: 6 },
        // Lines that are known already fill the first chunk.
        ...Array.from({ length: far }, (): Line => ({ cells: { 客户名称: STANDING[1], 联系人: '戊人' }, repeats: 6 })),
        { cells: { 客户名称: '多人有限公司', 联系人: '己人', 邮箱: 'ji@example.com' }, joins: 2 },
      ];
      await compare('customers', lines, async ({ segment, rep, ids }) => {
        const company = await api('crm_customers', { name: '多人有限公司', industry, region, needs: '采购', segment, owner: rep });
        await api('crm_contacts', { name: '甲人', is_primary: true, customer: company });
        await api('crm_contacts', { name: '乙人', phone: '13800138101', position: '经理', customer: company });
        await api(`crm_customers/${ids.get(STANDING[0])}`, { name: STANDING[0], address: '北京市朝阳区二号' }, 'PATCH');
        await api('crm_contacts', { name: '丙人', is_primary: true, customer: ids.get(STANDING[0]) });
        await api('crm_contacts', { name: '丁人', wechat: 'ding', customer: ids.get(STANDING[0]) });
        // A customer that has a main contact keeps it.
        await api(`crm_customers/${ids.get(STANDING[1])}`, { name: STANDING[1] }, 'PATCH');
        await api('crm_contacts', { name: '戊人', customer: ids.get(STANDING[1]) });
        await api(`crm_contacts/${ids.get('李雷')}`, { name: '李雷', position: '总裁' }, 'PATCH');
        await api('crm_contacts', { name: '己人', email: 'ji@example.com', customer: company });
      });
    });

    test('IMP-1, SEC-1: contacts of their own, the latest main contact counts', async () => {
      const lines: Line[] = [
        { cells: { 客户: STANDING[1], 联系人: '李雷', 邮箱: 'lilei@example.com' }, updates: '李雷' },
        { cells: { 客户: STANDING[1], 联系人: '赵一', 手机: '13800135555', 主要联系人: '是' } },
        { cells: { 客户: STANDING[0], 联系人: '钱二', 备注: '备注' } },
      ];
      await compare('contacts', lines, async ({ ids }) => {
        await api(`crm_contacts/${ids.get('李雷')}`, { name: '李雷', email: 'lilei@example.com', customer: ids.get(STANDING[1]) }, 'PATCH');
        await api('crm_contacts', { customer: ids.get(STANDING[1]), name: '赵一', phone: '13800135555', is_primary: true });
        await api('crm_contacts', { customer: ids.get(STANDING[0]), name: '钱二', notes: '备注' });
      });
    });

    test('IMP-1, SEC-1: leads', async () => {
      const { region } = stage();
      const lines: Line[] = [
        { cells: { 线索主题: '新线索', 公司名称: '某公司', 电话: '13800136666', 邮箱: 'lead@example.com', 地区: '杭州', 负责人: 'repC' } },
        { cells: { 线索主题: '无人线索' } },
        { cells: { 线索主题: '旧线索', 电话: '13800137777', 线索等级: 'A', 负责人: 'head' }, updates: '旧线索' },
      ];
      await compare('leads', lines, async ({ segment, rep, ids }) => {
        const fresh = { title: '新线索', company_name: '某公司', phone: '13800136666', email: 'lead@example.com', region };
        await api('crm_leads', { ...fresh, segment, owner: rep });
        await api('crm_leads', { title: '无人线索', segment });
        const head = stage().world.id.headA;
        await api(`crm_leads/${ids.get('旧线索')}`, { title: '旧线索', phone: '13800137777', grade: 'A', owner: head }, 'PATCH');
      });
    });

    test('IMP-4, CUS-8, USE-3: activities with their true times, on customers and on nothing', async () => {
      const lines: Line[] = [
        { cells: { 客户: STANDING[0], 跟进方式: '拜访', 主题: '补录拜访', 拜访日期: '2026-02-03 14:30', 备注: '停电期间' } },
        { cells: { 客户: STANDING[0], 跟进方式: '电话', 主题: '下次电话', 计划日期: '2026-12-25' } },
        { cells: { 跟进方式: '会议', 主题: '内部会议', 拜访日期: '2026-02-04 09:00', 负责人: 'repC' } },
        { cells: { 跟进方式: '任务', 主题: '自己的事', 优先级: '高' } },
        { cells: { 客户: STANDING[0], 备注: '没说是什么' } },
        { cells: { 客户: STANDING[0], 跟进方式: '会议', 计划日期: '2026-01-05', 拜访日期: '2026-01-06 09:00' } },
      ];
      await compare('activities', lines, async ({ segment, rep, ids }) => {
        const customer = ids.get(STANDING[0]);
        const visit = { type: 'visit', subject: '补录拜访', done_at: '2026-02-03T06:30:00.000Z', notes: '停电期间' };
        await api('crm_activities', { ...visit, customer });
        await api('crm_activities', { type: 'call', subject: '下次电话', due_on: '2026-12-25', customer });
        await api('crm_activities', { type: 'meeting', subject: '内部会议', done_at: '2026-02-04T01:00:00.000Z', segment, owner: rep });
        await api('crm_activities', { type: 'task', subject: '自己的事', priority: 'high', segment });
        await api('crm_activities', { notes: '没说是什么', customer });
        await api('crm_activities', { type: 'meeting', due_on: '2026-01-05', done_at: '2026-01-06T01:00:00.000Z', customer });
      });
    });

    test('IMP-1, SAL-7: orders', async () => {
      const lines: Line[] = [
        { cells: { 订单号: 'N-1', 客户: STANDING[0], 金额: '12,000.50', 签订日期: '2026-03-04' } },
        { cells: { 订单号: 'X-1', 客户: STANDING[1], 金额: '99', 状态: '已完成' }, updates: 'X-1' },
        { cells: { 订单号: 'N-2', 客户: STANDING[3], 金额: '5', 签订日期: '2026-03-05' } },
      ];
      await compare('orders', lines, async ({ ids }) => {
        await api('crm_orders', { number: 'N-1', customer: ids.get(STANDING[0]), amount: '12000.50', signed_on: '2026-03-04' });
        // Both go to the only open opportunity of their customer.
        await api('crm_orders', { number: 'N-2', customer: ids.get(STANDING[3]), amount: '5', signed_on: '2026-03-05' });
        const row = { number: 'X-1', customer: ids.get(STANDING[1]), amount: '99', status: 'done' };
        await api(`crm_orders/${ids.get('X-1')}`, row, 'PATCH');
      });
    });
  });
}
