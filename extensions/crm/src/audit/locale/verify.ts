import type { Said } from '../../platform/api/say.ts';
import type { Fault } from '../rules/finding.ts';

/** What `npm run audit -- verify` says; a fault without words does not compile. */
export const FAULT_TEXTS: Record<Fault['kind'], Said> = {
  row_edited: { 'zh-CN': '记录 {row}（区块 {block}）被改动', 'en-US': 'entry {row} (block {block}) was edited' },
  row_key_missing: {
    'zh-CN': '记录 {row}（区块 {block}）所用的密钥不在 CRM_KEYS 中，无法校验',
    'en-US': 'entry {row} (block {block}) was signed with a key that is not in CRM_KEYS',
  },
  row_removed: { 'zh-CN': '区块 {block} 中的记录 {row} 被删除', 'en-US': 'entry {row} of block {block} was removed' },
  row_misplaced: {
    'zh-CN': '记录 {row} 不属于它所写的区块 {block}',
    'en-US': 'entry {row} does not belong to block {block}, which it names',
  },
  block_edited: { 'zh-CN': '区块 {block} 被改动', 'en-US': 'block {block} was edited' },
  block_key_missing: {
    'zh-CN': '区块 {block} 所用的密钥不在 CRM_KEYS 中，无法校验',
    'en-US': 'block {block} was signed with a key that is not in CRM_KEYS',
  },
  block_removed: { 'zh-CN': '区块 {block} 之前有区块被删除', 'en-US': 'blocks before block {block} were removed' },
  chain_broken: { 'zh-CN': '区块 {block} 与前一区块不相接', 'en-US': 'block {block} does not follow from the one before it' },
  head_missing: {
    'zh-CN': '链尾被截断或替换：{where}中记下的区块 {block} 不在链中',
    'en-US': 'the end of the chain was cut or replaced: block {block}, remembered in {where}, is not in it',
  },
};

export const PLACES: Record<'database' | 'file' | 'given', Said> = {
  database: { 'zh-CN': '数据库', 'en-US': 'the database' },
  file: { 'zh-CN': '数据目录的文件', 'en-US': 'the file of the data folder' },
  given: { 'zh-CN': '--head 参数', 'en-US': '--head' },
};

export const WORDS = {
  good: {
    'zh-CN': '✔ 审计日志完整：{entries} 条记录，{blocks} 个区块。',
    'en-US': '✔ The audit log is whole: {entries} entries, {blocks} blocks.',
  },
  bad: {
    'zh-CN': '✖ 发现 {faults} 处问题（{entries} 条记录，{blocks} 个区块）：',
    'en-US': '✖ {faults} faults found ({entries} entries, {blocks} blocks):',
  },
  head: {
    'zh-CN': '链尾：{head}（请另外记下，以后可用 --head {head} 核对）',
    'en-US': 'Head: {head} (note it elsewhere; later --head {head} compares with it)',
  },
  unsealed: { 'zh-CN': '尚未封存：{count} 条，最早 {since}', 'en-US': 'Not sealed yet: {count}, the oldest from {since}' },
  nothing_unsealed: { 'zh-CN': '全部记录均已封存。', 'en-US': 'Every entry is sealed.' },
  no_keys: {
    'zh-CN': 'CRM_KEYS 未配置或无法读取，无法校验。',
    'en-US': 'CRM_KEYS is missing or cannot be read: nothing can be verified.',
  },
  bad_head: { 'zh-CN': '--head 的格式是 编号:哈希。', 'en-US': '--head has the form number:hash.' },
  unknown: {
    'zh-CN': '用法：npm run audit -- verify [--json] [--lang en] [--head 编号:哈希]',
    'en-US': 'Usage: npm run audit -- verify [--json] [--lang en] [--head number:hash]',
  },
} satisfies Record<string, Said>;
