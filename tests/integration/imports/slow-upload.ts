import { request, type ClientRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '../../harness/client.ts';
import { csv, deskOf } from './desk.ts';

/** An answer that has not come by then does not come: the upload is being waited for. */
const SILENT_MS = 2000;
const MOST_TRIES = 5;

/** Begins an upload that does not go on; null where it was answered, because another one had the place. */
async function slowUpload(url: string, { token }: Client): Promise<ClientRequest | null> {
  const upload = request(`${url}/crm/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=x', 'content-length': 999 },
  });
  const answered = new Promise<true>((resolve) => {
    upload
      .on('error', () => undefined)
      .once('response', (answer) => {
        answer.resume();
        resolve(true);
      });
  });
  upload.write('--x\r\n');
  return (await Promise.race([answered, wait(SILENT_MS)])) ? null : upload;
}

/**
 * An upload that has somebody's last place, and what another one beside it is told. What was read a moment ago may still have the
 * place: then it is tried again.
 */
export async function holdPlace(url: string, client: Client) {
  const desk = deskOf(client);
  for (let tried = 1; ; tried += 1) {
    const upload = await slowUpload(url, client);
    const answer = await desk.send(csv(['客户名称'], ['甲有限公司']));
    if (upload && (answer.status !== 201 || tried === MOST_TRIES)) return { upload, answer };
    upload?.destroy();
    if (answer.status === 201) await desk.settled(answer.body.id);
  }
}
