import { randomUUID } from 'node:crypto';
import { isUuid } from '../kernel/uuid.ts';
import type { Actor } from '../platform/api/actor.ts';
import { changeLog } from '../platform/api/change-log.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { forbidden } from '../platform/api/refusal.ts';
import type { CrmRequest } from '../platform/api/route.ts';
import { newSubject, SUBJECT_KEYS, type Subject, type SubjectKeyRow } from '../privacy/index.ts';
import { readChoices } from './choices.ts';
import { whereOf } from './check/read-import.ts';
import { FileRefusal } from './files/file-refusal.ts';
import type { ImportPorts } from './ports.ts';
import { fileRefusal, importRefusal, placeRefusal } from './refuse.ts';
import { mayImport, placeImport } from './rules/importer.ts';
import { IMPORT_KINDS, type ImportKind } from './rules/targets.ts';
import { IMPORTS } from './staging.ts';
import { FRESH, hasEnded, withReading, type ImportRow } from './store/import-row.ts';
import { isFull } from './store/is-full.ts';
import { BadUpload, receiveUpload, type Upload } from './store/receive-upload.ts';

/** So many files of one person are read or wait for it, in all processes together. */
const OPEN_AT_ONCE = 5;

/**
 * Takes a file in (IMP-1): encrypted in its place, then its row and its key in one transaction. Whatever is refused or
 * breaks off before that leaves nothing behind (F30, F43).
 *
 * @returns the id of the import, which is still to be read.
 */
export async function takeUpload(ports: ImportPorts, ring: Keyring, actor: Actor, request: CrmRequest): Promise<string> {
  if (!mayImport(actor)) throw forbidden();
  const leave = await enter(ports, actor);
  try {
    return await take(ports, ring, actor, request);
  } finally {
    leave();
  }
}

async function take(ports: ImportPorts, ring: Keyring, actor: Actor, request: CrmRequest): Promise<string> {
  const { context, clock, settings, uploads } = ports;
  const id = randomUUID();
  const { subject, row: key } = newSubject(ring, IMPORTS, id, clock.now());
  try {
    await uploads.make(id);
    const upload = await receiveUpload(request, {
      path: uploads.fileOf(id),
      subject,
      most: settings.limits.fileBytes,
      fingerprintKeys: ring.ids.map((one) => ring.derive(FINGERPRINTS, one)),
    });
    await insertImport(ports, actor, { id, subject, key, upload });
    return id;
  } catch (error) {
    await uploads.remove(id);
    if (error instanceof FileRefusal) throw fileRefusal(error.fault, actor.language);
    if (error instanceof BadUpload) throw importRefusal('bad_upload', actor.language);
    if (!isFull(error)) throw error;
    context.logger.error(`crm: no room for an upload: ${whereOf(error)}`);
    throw fileRefusal({ reason: 'no_space' }, actor.language);
  }
}

/** The purpose of the key that fingerprints of files are made with. */
const FINGERPRINTS = 'import-files';

/** How many files of each person are coming in here; they have no row before they are whole. */
const coming = new Map<string, number>();

/**
 * Takes a place before anything of the file is read: a body may take as long as it likes to come in.
 *
 * @returns gives the place back.
 */
async function enter({ context: { database }, settings }: ImportPorts, { user, language }: Actor): Promise<() => void> {
  const before = coming.get(user) ?? 0;
  coming.set(user, before + 1);
  const leave = (): void => {
    const left = (coming.get(user) ?? 1) - 1;
    if (left) coming.set(user, left);
    else coming.delete(user);
  };
  try {
    const rows: Pick<ImportRow, 'settings' | 'status'>[] = await database(IMPORTS)
      .where({ owner: user })
      .whereIn('status', ['uploaded', 'checked'])
      .select('settings', 'status');
    const reading = before + rows.filter((row) => row.status === 'uploaded' && !hasEnded(row)).length;
    if (reading >= OPEN_AT_ONCE) throw importRefusal('too_many_open', language, { count: reading });
    if (before + rows.length >= settings.mostOpen) throw importRefusal('too_many_waiting', language, { count: before + rows.length });
    return leave;
  } catch (error) {
    leave();
    throw error;
  }
}

interface Taken {
  id: string;
  subject: Subject;
  key: SubjectKeyRow;
  upload: Upload;
}

async function insertImport({ context: { database }, clock }: ImportPorts, actor: Actor, taken: Taken): Promise<void> {
  const { id, subject, key, upload } = taken;
  const kind = kindOf(upload, actor);
  const segment = await segmentOf(database, upload, actor);
  const choice = readChoices(upload.fields, actor.language);
  const now = clock.now();
  await database.transaction(async (transaction) => {
    await transaction(SUBJECT_KEYS).insert(key);
    await transaction(IMPORTS).insert({
      id,
      file_name: upload.fileName,
      kind,
      status: 'uploaded',
      sample_state: 'not_needed',
      file_hash: upload.fingerprints[0],
      file_bytes: upload.bytes,
      settings: withReading(null, subject, { ...FRESH, choice, fingerprints: upload.fingerprints }),
      owner: actor.user,
      segment,
      user_created: actor.user,
      date_created: now,
      date_updated: now,
    });
    await changeLog().created(transaction, IMPORTS, [id]);
  });
}

function kindOf({ fields }: Upload, { language }: Actor): ImportKind {
  const kind = IMPORT_KINDS.find((one) => one === fields.get('kind'));
  if (!kind) throw importRefusal('unknown_kind', language, { kinds: IMPORT_KINDS.join(', ') });
  return kind;
}

async function segmentOf(database: ImportPorts['context']['database'], { fields }: Upload, actor: Actor): Promise<string> {
  const asked = fields.get('segment')?.trim();
  const found = asked
    ? await database('crm_segments')
        .where(isUuid(asked) ? { id: asked.toLowerCase() } : { code: asked })
        .first('id')
    : undefined;
  const placed = placeImport(actor, asked ? (found?.id ?? null) : undefined);
  if (!placed.accepted) throw placeRefusal(placed.reason, actor.language);
  return placed.value.segment;
}
