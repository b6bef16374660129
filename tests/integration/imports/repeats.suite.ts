import { beforeAll, expect, test } from 'vitest';
import type { World } from '../access/world.ts';
import { csv, deskOf } from './desk.ts';

const NAME = '名单原有有限公司';

/** Lists in which a company stands once for each of its people (F32). */
export function repeatsSuite(world: () => World): void {
  const desk = () => deskOf(world().as.repA1);
  let stood: string;
  beforeAll(async () => {
    stood = (await world().create('repA1', 'crm_customers', { name: NAME })).id;
  });

  test('IMP-1, F32: a company that is repeated for each of its people is one company with several contacts', async () => {
    const filler = Array.from({ length: 210 }, (_, at) => [`名单${at}有限公司`, '', '', '某人', '']);
    const table = [
      ['客户名称', '统一社会信用代码', '地址', '联系人', '手机'],
      ['同名甲有限公司', '91110000MA0001000Q', '一', '李雷', '13855550001'],
      ['同名甲有限公司', '', '', '韩梅梅', ''],
      ['同名甲有限公司', '91110000ma0001000q', '一', '赵一', ''],
      ['同名甲有限公司', '', '', '韩梅梅', ''],
      ['同名甲有限公司', '', '二', '钱二', ''],
      ['别名甲有限公司', '91110000MA0001000Q', '', '孙三', ''],
      ['同名甲有限公司', '', '', '李雷', '13900139000'],
      ['同名甲有限公司', '', '', '', ''],
      [NAME, '', '', '周四', ''],
      [NAME, '', '', '吴五', ''],
      ...filler,
      ['同名甲有限公司', '', '', '郑六', ''],
      ['名单3有限公司', '', '', '王七', ''],
    ];
    const view = await desk().bring(csv(...table));
    expect(view.counts).toMatchObject({ new: 215, update: 2, known: 2, error: 3 });
    const { rows } = await desk().rows(view.id);
    expect(rows.slice(0, 10).map((row) => [row.verdict, row.match?.id ?? null, row.same_as, row.company_line])).toEqual([
      ['new', null, null, null],
      ['new', null, null, 2],
      ['new', null, null, 2],
      ['known', null, 3, null],
      ['error', null, null, null],
      ['error', null, null, null],
      ['error', null, null, null],
      ['known', null, 2, null],
      ['update', stood, null, null],
      ['update', stood, null, 10],
    ]);
    const end = (await desk().rows(view.id, '&offset=220')).rows;
    expect(end.map(({ line, verdict, company_line }) => [line, verdict, company_line])).toEqual([
      [222, 'new', 2],
      [223, 'new', 15],
    ]);
    const wrong = (await desk().rows(view.id, '&verdict=error')).rows;
    expect(wrong.map(({ faults }) => faults.map(({ reason, header }) => [reason, header]))).toEqual([
      [['twice_in_file', '地址']],
      [['twice_in_file', '客户名称']],
      [['twice_in_file', '手机']],
    ]);
    expect(wrong[0]!.faults[0]!.message).toMatch(/第 2 行.*“地址”.*两行必须一致/u);
  });

  test('F32: a line with an error leads nobody: the next line of the company takes its place', async () => {
    const view = await desk().bring(
      csv(['客户名称', '行业', '联系人'], ['领头有限公司', '不是行业', '甲'], ['领头有限公司', '', '乙'], ['领头有限公司', '', '丙']),
    );
    const { rows } = await desk().rows(view.id);
    expect(rows.map(({ verdict, company_line }) => [verdict, company_line])).toEqual([
      ['error', null],
      ['new', null],
      ['new', 3],
    ]);
  });
}
