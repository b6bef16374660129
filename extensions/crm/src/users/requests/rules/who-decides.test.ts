import { expect, test } from 'vitest';
import { GROUP_SEGMENT_ID, type RoleName } from '../../../kernel/roles.ts';
import type { Rights } from './rights-after.ts';
import { segmentThatDecides } from './who-decides.ts';

const post = (role: RoleName, homeSegment: string, ...others: string[]): Rights => ({
  ...{ role, homeSegment },
  managedSegments: role === 'sales_rep' ? [] : [homeSegment, ...others],
});
const form = (kind: 'open' | 'move' | 'rights' | 'close' | 'freeze' | 'thaw', role: RoleName | null, segment: string | null) => ({
  ...{ kind, to_role: role, to_segment: segment },
});

test('ACC-8, ORG-2: whoever comes to head or administer another segment is decided there, group staff in the group', () => {
  for (const [row, before, decides] of [
    [form('open', 'segment_admin', 's01'), null, 's01'],
    [form('move', null, 's02'), post('sales_rep', 's01'), 's01'],
    [form('move', 'sales_rep', 's02'), post('segment_head', 's01'), 's01'],
    [form('move', 'segment_admin', 's02'), post('sales_rep', 's01'), 's02'],
    [form('move', null, 's02'), post('segment_head', 's01'), 's02'],
    [form('move', null, null), post('segment_head', 's01', 's05'), 's01'],
    [form('rights', 'segment_head', null), post('sales_rep', 's01'), 's01'],
    [form('rights', 'segment_admin', null), post('segment_head', 's01'), 's01'],
    [form('rights', 'sales_rep', null), post('segment_head', 's01', 's05'), 's01'],
    [form('rights', 'segment_admin', null), post('segment_head', 's01', 's05'), GROUP_SEGMENT_ID],
    [form('rights', 'group_executive', null), post('sales_rep', 's01'), GROUP_SEGMENT_ID],
    [form('rights', 'system_admin', null), post('segment_admin', 's01'), GROUP_SEGMENT_ID],
    [form('rights', 'segment_head', 's01'), post('group_executive', GROUP_SEGMENT_ID), GROUP_SEGMENT_ID],
    [form('open', 'group_executive', null), null, GROUP_SEGMENT_ID],
    [form('close', null, null), post('segment_head', 's01', 's05'), 's01'],
    [form('freeze', null, null), post('sales_rep', 's01'), 's01'],
    [form('thaw', null, null), post('segment_head', 's01', 's05'), 's01'],
  ] as const)
    expect([row, segmentThatDecides(row, before ? before.homeSegment! : (row.to_segment ?? GROUP_SEGMENT_ID), before)]).toEqual([
      row,
      decides,
    ]);
});
