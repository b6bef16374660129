import type { Said } from '../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

interface Refused {
  code: string;
  status: number;
  text: Said;
}

/** Everything that this slice refuses, besides files that it cannot read (file-texts.ts) and rows (row-texts.ts). */
export const IMPORT_REFUSALS = {
  bad_upload: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said(
      '没有收到完整的文件。请用表单（multipart/form-data）上传一个文件，字段名为 file，另附 kind。',
      'No whole file arrived. Send one file as a form (multipart/form-data) in the field file, with kind beside it.',
    ),
  },
  unknown_kind: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('导入内容（kind）应为其中之一：{kinds}。', 'What the file holds (kind) is one of: {kinds}.'),
  },
  bad_choice: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('“{field}”的取值不正确。可用：{allowed}。', 'The value of “{field}” is not right. Use: {allowed}.'),
  },
  bad_value: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('内容不符合要求：{where}', 'Not as it should be: {where}'),
  },
  unknown_header: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('文件中没有名为“{header}”的列。', 'The file has no column called “{header}”.'),
  },
  unknown_target: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('“{header}”不能对应到“{target}”，没有这个字段。', '“{header}” cannot go to “{target}”: there is no such field.'),
  },
  segment_required: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('请选择导入到哪个版块（segment）。', 'Choose the segment that the rows go to (segment).'),
  },
  unknown_segment: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: said('没有这个版块，请重新选择。', 'There is no such segment. Choose another one.'),
  },
  not_open: {
    code: 'CONFLICT',
    status: 409,
    text: said(
      '此批次已开始导入，不能再更改读取方式，也不能丢弃；需要时请撤销。',
      'The import has begun: how it is read cannot be changed any more, and it cannot be thrown away; undo it if need be.',
    ),
  },
  file_gone: {
    code: 'CONFLICT',
    status: 409,
    text: said('上传的文件已不在服务器上，请重新上传。', 'The uploaded file is no longer on the server. Upload it again.'),
  },
  too_many_open: {
    code: 'REQUESTS_EXCEEDED',
    status: 429,
    text: said(
      '您已有 {count} 个文件正在读取。请等其中一个读完再上传。',
      '{count} files of yours are being read. Wait until one of them is done.',
    ),
  },
  too_many_waiting: {
    code: 'REQUESTS_EXCEEDED',
    status: 429,
    text: said(
      '您有 {count} 个批次已上传而未导入。请先导入或丢弃其中一些，再上传新的文件。',
      '{count} uploads of yours wait to be imported. Import some of them or throw them away, then upload again.',
    ),
  },
  too_often: {
    code: 'REQUESTS_EXCEEDED',
    status: 429,
    text: said('上传或更改过于频繁，请 {seconds} 秒后再试。', 'Too many uploads or changes. Try again in {seconds} s.'),
  },
} as const satisfies Record<string, Refused>;

/** Why the reading of a file ended, besides the file itself. */
export const READING_TEXTS = {
  rights_changed: said(
    '您的账号或权限已变化，文件没有读完，也没有导入任何内容。',
    'Your account or your rights have changed; the file was not read to its end and nothing was imported.',
  ),
  file_gone: IMPORT_REFUSALS.file_gone.text,
  died_often: said(
    '读取此文件时服务器进程多次中断，已不再尝试，也没有导入任何内容。请把数据复制到新工作簿或拆成小文件后重新上传，并告知系统管理员。',
    'The server stopped several times while it read this file, so it is not tried again; nothing was imported. Copy the rows into a new workbook or split them, upload that, and tell a system administrator.',
  ),
  failed: said(
    '读取时出错，没有导入任何内容。请重新上传；仍有问题请联系系统管理员。',
    'Something went wrong while the file was read; nothing was imported. Upload it again, and tell a system administrator if it stays.',
  ),
} as const;
