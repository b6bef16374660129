/**
 * What `npm run keys -- rotate` and `npm run seal` do, without the host around it: a process that a test can kill in the middle
 * after a second. The commands themselves are run to their end by the same tests.
 */
import { rotateSealed } from '../../../extensions/crm/src/privacy/rotate.ts';
import { sealExisting } from '../../../extensions/crm/src/privacy/seal-existing.ts';
import { openPostgres, openSqlite } from '../../harness/test-database.ts';
import { readKeyring } from '../../../extensions/crm/src/platform/api/keyring.ts';

const { DB_CLIENT, DB_DATABASE = '', DB_FILENAME = '', CRM_KEYS = '' } = process.env;
const database = DB_CLIENT === 'pg' ? openPostgres(DB_DATABASE) : openSqlite(DB_FILENAME);
const ring = readKeyring(CRM_KEYS);
if (!ring.accepted) throw new Error('the keys cannot be read');
const say = (text: string) => process.stdout.write(`${text}\n`);

if (process.argv[2] === 'rotate') await rotateSealed(database, ring.value, ({ rewrapped }) => say(`rotated ${rewrapped}`));
else await sealExisting(database, ring.value, new Date(), ({ sealed }) => say(`sealed ${sealed}`));
await database.destroy();
