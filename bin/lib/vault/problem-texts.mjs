/**
 * What can be in the way of keys, backups and restores; a part of ../problem.mjs. None of these lines ever repeats a key or a
 * passphrase.
 * @type {Record<string, (values: Record<string, string | number>) => [string, string]>}
 */
export const VAULT_TEXTS = {
  keysNone: ({ where }) => [`${where}：其中没有密钥`, `${where}: there is no key in it`],
  keyUnreadable: ({ where, place }) => [
    `${where}：第 ${place} 项不是可用的密钥，应为 编号:32 字节的 base64，例如 k1:$(openssl rand -base64 32)`,
    `${where}: entry ${place} is no usable key; it should be id:base64 of 32 bytes, for example k1:$(openssl rand -base64 32)`,
  ],
  keyWeak: ({ where, place }) => [
    `${where}：第 ${place} 项的密钥不是随机的，请用 openssl rand -base64 32 生成`,
    `${where}: the key of entry ${place} is not random; make it with openssl rand -base64 32`,
  ],
  keyTwice: ({ where, id }) => [`${where}：密钥编号「${id}」出现了两次`, `${where}: it has the key id "${id}" twice`],
  keyDiffers: ({ id }) => [
    `密钥 ${id} 与此数据库使用的 ${id} 不是同一把，用它会损坏加密数据：请恢复原来的密钥（npm run keys -- import <导出文件>），新密钥请换一个编号`,
    `the key ${id} is not the ${id} that this database was used with and would damage sealed data: bring the right one back (npm run keys -- import <export>), give a new key another id`,
  ],
  keysLost: ({ file, ids }) => [
    `${file} 不见了，而数据库是用密钥 ${ids} 写的：请恢复该文件或运行 npm run keys -- import <导出文件>；演示数据可以不要时，换一个 CRM_DATA_DIR`,
    `${file} is gone, but the database was written with the keys ${ids}: put the file back or run npm run keys -- import <export>; if the demo's data may go, use another CRM_DATA_DIR`,
  ],
  keysUsage: () => [
    '用法：npm run keys -- list | add | rotate | export <文件> | confirm [<文件>] | retire <编号> | import <文件>',
    'usage: npm run keys -- list | add | rotate | export <file> | confirm [<file>] | retire <id> | import <file>',
  ],
  keyUnknown: ({ id }) => [`没有编号为「${id}」的密钥`, `there is no key with the id "${id}"`],
  keyActive: ({ id }) => [
    `${id} 是当前密钥，不能停用：请先运行 npm run keys -- rotate 换一把`,
    `${id} is the active key and cannot be retired: change to another one first with npm run keys -- rotate`,
  ],
  keyInUse: ({ id, rows, tables }) => [
    `密钥 ${id} 还有 ${rows} 行在用（${tables}），停用它这些值就打不开了：请先运行 npm run keys -- rotate`,
    `the key ${id} is still used by ${rows} rows (${tables}), without it they cannot be opened: run npm run keys -- rotate first`,
  ],
  keysFromEnvironment: ({ place }) => [
    `密钥由${place}给出，此命令不能改它：请先运行 npm run keys -- add --print，把新的一行写到那里，重启所有节点后再运行`,
    `the keys are given by ${place}, which this command cannot change: run npm run keys -- add --print, put the new line there, restart every node, then run this again`,
  ],
  keysNotTerminal: () => [
    '输出不是终端，密钥可能被写进日志；确实要打印请加 --print',
    'the output is no terminal, so the keys could end in a log; to print them all the same add --print',
  ],
  keysImportConflict: ({ id }) => [
    `导出文件中的密钥 ${id} 与现有的 ${id} 不是同一把，且数据库不认识导出中的那一把；未做任何更改`,
    `the export holds another key ${id} than the one that is here, and the database does not know it; nothing was changed`,
  ],
  keysNotExported: ({ ids }) => [
    `密钥 ${ids} 还没有导出过：请先运行 npm run keys -- export <文件>，把文件存到别处，再确认`,
    `the keys ${ids} were never exported: run npm run keys -- export <file>, store the file elsewhere, then confirm`,
  ],
  keysNotIn: ({ file, ids }) => [`${file} 中没有现在使用的密钥 ${ids}`, `${file} does not hold the keys ${ids} that are in use now`],
  rotateMissing: () => [
    '当前版本的扩展没有换钥命令（crm-keys-rotate）；密钥没有丢失，旧值仍用旧密钥打开',
    'the extension of this version has no rotation (crm-keys-rotate); no key is lost, old values are opened with the old keys',
  ],
  rotateFailed: ({ code }) => [
    `换钥没有完成（退出码 ${code}）：再次运行 npm run keys -- rotate 会接着做`,
    `the rotation did not finish (exit code ${code}): run npm run keys -- rotate again and it goes on`,
  ],
  fileExists: ({ file }) => [`${file} 已存在，不会覆盖：请换一个文件名`, `${file} exists and is never overwritten: choose another name`],
  fileUnusable: ({ file, reason }) => [`文件 ${file} 不可用（${reason}）`, `the file ${file} cannot be used (${reason})`],
  passphraseNeeded: () => [
    '需要口令：请在终端中运行，或用环境变量 CRM_BACKUP_PASSPHRASE（或 CRM_BACKUP_PASSPHRASE_FILE）给出',
    'a passphrase is needed: run this in a terminal, or give it as CRM_BACKUP_PASSPHRASE (or CRM_BACKUP_PASSPHRASE_FILE)',
  ],
  passphraseWeak: ({ least }) => [
    `口令太弱：至少 ${least} 个字符，且不能是重复的几个字符`,
    `the passphrase is too weak: at least ${least} characters, and not a few repeated ones`,
  ],
  passphraseDiffers: () => ['两次输入的口令不一致', 'the two passphrases differ'],
  passphraseWrong: ({ file }) => [`口令不对，打不开 ${file}`, `this is not the passphrase of ${file}`],
  sealedForeign: ({ file }) => [`${file} 不是本 CRM 的备份或密钥导出`, `${file} is no backup or key export of this CRM`],
  sealedNewer: ({ file, format }) => [
    `${file} 的格式（${format}）比本版本新，请用更新的版本打开`,
    `${file} has a newer format (${format}) than this version knows: use a newer version`,
  ],
  sealedOther: ({ file, kind }) => [
    `${file} 是${kind === 'keys' ? '密钥导出' : '备份'}，不是这个命令要的文件`,
    `${file} is a ${kind === 'keys' ? 'key export' : 'backup'}, not what this command asks for`,
  ],
  sealedDamaged: ({ file }) => [
    `${file} 已损坏或不完整（被截断、改动或少了一段），未使用其中任何内容`,
    `${file} is damaged or not whole (cut off, changed or a part is missing); nothing of it was used`,
  ],
  backupClient: ({ client }) => [
    `npm run backup 不支持 DB_CLIENT=${client}：请用该数据库自己的备份`,
    `npm run backup does not know DB_CLIENT=${client}: use that database's own backup`,
  ],
  backupForeign: ({ what }) => [
    `没有做备份：数据库里有他人自建或扩展带来的类型、函数或索引方式，本备份无法带走，恢复会失败：${what}。请改用 pg_dump 备份整个数据库（并另行 npm run keys -- export），或去掉它们后再试`,
    `no backup was made: the database has types, functions or kinds of indexes that somebody made or an extension brought; this backup cannot carry them and its restore would fail: ${what}. Back the whole database up with pg_dump (and npm run keys -- export), or remove them and try again`,
  ],
  backupUsage: () => ['用法：npm run backup [-- --to <文件夹>]', 'usage: npm run backup [-- --to <folder>]'],
  backupNoSpace: ({ folder }) => [
    `磁盘已满，备份没有完成，未留下不完整的文件，原有的备份都在：${folder}`,
    `the disk is full, the backup was not made; no half file is left and older backups are untouched: ${folder}`,
  ],
  backupUnsound: ({ reason }) => [
    `数据库没有通过完整性检查（${reason}），未生成备份；请保留旧备份`,
    `the database did not pass its integrity check (${reason}), no backup was made; keep the old ones`,
  ],
  restoreUsage: () => [
    '用法：npm run restore -- <备份文件> [--into <数据文件夹>] [--database <PostgreSQL 数据库>] [--replace] [--without-keys]',
    'usage: npm run restore -- <backup> [--into <data folder>] [--database <PostgreSQL database>] [--replace] [--without-keys]',
  ],
  restoreRunning: ({ who }) => [
    `此处的服务还在运行（${who}），请先停止，再恢复`,
    `a server is still running here (${who}): stop it first, then restore`,
  ],
  restoreNotEmpty: ({ where }) => [
    `${where} 中已有数据；未做任何更改。确实要替换请加 --replace`,
    `${where} is not empty; nothing was changed. To replace what is there add --replace`,
  ],
  restoreForeign: ({ where }) => [
    `${where} 中的数据不是本 CRM 的，不会替换`,
    `what stands in ${where} is not this CRM's and is not replaced`,
  ],
  restoreOtherDatabase: ({ was, now }) => [
    `备份来自 ${was}，这里设置的是 ${now}：两者之间不能恢复`,
    `the backup is of ${was}, the settings here say ${now}: it cannot be restored across`,
  ],
  restoreOtherMode: ({ was }) => [
    `备份是${was === 'demo' ? '演示' : '正式'}数据，与现在的 CRM_DEMO 不符`,
    `the backup holds ${was === 'demo' ? 'the demo' : 'production data'}, which CRM_DEMO here does not say`,
  ],
  restoreNewer: ({ what, found, wanted }) => [
    `备份来自更新的版本（${what} ${found}，这里是 ${wanted}）：请先升级本软件`,
    `the backup is of a newer version (${what} ${found}, here ${wanted}): upgrade this software first`,
  ],
  restoreCutOff: ({ where, from }) => [
    `${where} 的恢复（备份时间 ${from}）中途断了：数据库已就位，附件还没有。请再运行一次同样的 npm run restore，它会做完`,
    `a restore of ${where} (backup of ${from}) was cut off: the database is in its place, the files are not. Run the same npm run restore again, it will finish`,
  ],
  restoreFolder: ({ folder, reason }) => [
    `附件文件夹 ${folder} 不能换位（${reason}）：它是挂载点、在另一个文件系统上，或上级文件夹不可写。请把它放到挂载点里面的子文件夹（STORAGE_LOCAL_ROOT），或恢复到别处（--into）；数据库未改动`,
    `the folder of files ${folder} cannot change places (${reason}): it is a mount point, lies on another file system, or the folder above cannot be written. Use a folder inside of the mount (STORAGE_LOCAL_ROOT), or restore elsewhere (--into); the database was not touched`,
  ],
  restoreDiffers: ({ what }) => [
    `恢复后的内容与备份不一致（${what}），已撤销`,
    `what was restored differs from the backup (${what}) and was taken back`,
  ],
  restoreKeys: ({ ids, there }) => [
    `没有给出备份所用的密钥 ${ids}，恢复后加密的值打不开；未做任何更改。请先运行 ${there}npm run keys -- import <密钥导出>，再恢复；密钥确实丢失时，加 --without-keys 恢复其余数据`,
    `the keys ${ids} of the backup are not given, sealed values could not be opened; nothing was changed. First run ${there}npm run keys -- import <key export>, then restore; if they are lost for good, --without-keys brings back the rest`,
  ],
  restoreOtherKeys: ({ ids, place }) => [
    `${place}中的密钥 ${ids} 与备份所用的不是同一把；未做任何更改。请恢复到空的文件夹（--into），或先换成备份的密钥：演示时把该文件移到别处，再运行 npm run keys -- import <密钥导出>`,
    `the keys ${ids} in ${place} are other ones than those of the backup; nothing was changed. Restore into an empty folder (--into), or give the backup's keys first: in the demo move that file away, then npm run keys -- import <key export>`,
  ],
};
