import type { Rows } from '../../../extensions/crm/src/kernel/rows.ts';
import { stableId } from '../../ids.ts';
import type { Chance } from '../chance.ts';
import { toCsv, toPdf } from '../paper.ts';
import { dayOf } from '../workdays.ts';
import type { ContractDraft, OrderLineDraft, OrderDraft } from './deals.ts';
import type { CustomerDraft, Fresh } from './rows.ts';

export interface FileDraft {
  id: string;
  title: string;
  filename_download: string;
  type: string;
  segment: string;
  owner: string;
  content: Uint8Array;
}

export type AttachmentDraft = Fresh<Rows['crm_attachments']> & { file: string };

export interface PaperPlan {
  files: FileDraft[];
  attachments: AttachmentDraft[];
}

interface Sources {
  customers: readonly CustomerDraft[];
  contracts: readonly ContractDraft[];
  orders: readonly OrderDraft[];
  lines: readonly OrderLineDraft[];
}

interface Target {
  id: string;
  owner: string;
  segment: string;
  date_created?: string | null;
}

function attach(
  field: 'customer' | 'contract' | 'order',
  target: Target,
  name: string,
  extension: 'pdf' | 'csv',
  content: Uint8Array,
): { file: FileDraft; attachment: AttachmentDraft } {
  const owned = { segment: target.segment, owner: target.owner };
  const file = {
    id: stableId(`demo:file:${field}:${target.id}`),
    title: name,
    filename_download: `${name}.${extension}`,
    type: extension === 'pdf' ? 'application/pdf' : 'text/csv',
    ...owned,
    content,
  };
  const created = target.date_created ?? null;
  return {
    file,
    attachment: {
      id: stableId(`demo:attachment:${field}:${target.id}`),
      file: file.id,
      name,
      [field]: target.id,
      ...owned,
      date_created: created,
      user_created: target.owner,
    },
  };
}

function contractPaper(contract: ContractDraft, customer: CustomerDraft): Uint8Array {
  return toPdf([
    contract.title,
    `合同编号：${contract.number}`,
    `甲方（买方）：${customer.name}`,
    `合同金额：人民币 ${String(contract.amount)} 元`,
    `签订日期：${String(contract.signed_on)}    到期日期：${String(contract.ends_on)}`,
    '（演示数据，仅供体验，不具法律效力）',
  ]);
}

/** Small real files on some contracts, orders and customers: signed papers, order lists, minutes. */
export function planFiles({ customers, contracts, orders, lines }: Sources, chance: Chance): PaperPlan {
  const customerById = new Map(customers.map((customer) => [customer.id, customer]));
  const papers = [
    ...chance
      .sample(contracts, 40)
      .map((contract) =>
        attach(
          'contract',
          contract,
          `${contract.title}-${contract.number}`,
          'pdf',
          contractPaper(contract, customerById.get(contract.customer as string) as CustomerDraft),
        ),
      ),
    ...chance.sample(orders, 25).map((order) => {
      const table = lines
        .filter((line) => line.order === order.id)
        .map((line) => [String(line.name), Number(line.quantity), Number(line.price), line.amount]);
      return attach('order', order, `订单明细-${order.number}`, 'csv', toCsv([['名称', '数量', '单价', '金额'], ...table]));
    }),
    ...chance
      .sample(
        customers.filter((customer) => customer.class === 'key'),
        25,
      )
      .map((customer) => {
        const lineOfDate = `日期：${dayOf(new Date(customer.date_created))}`;
        const content = toPdf([
          '客户拜访纪要',
          `客户：${customer.name}`,
          lineOfDate,
          String(customer.needs ?? ''),
          '（演示数据，仅供体验）',
        ]);
        return attach('customer', customer, `拜访纪要-${customer.short_name ?? customer.name}`, 'pdf', content);
      }),
  ];
  return { files: papers.map(({ file }) => file), attachments: papers.map(({ attachment }) => attachment) };
}
