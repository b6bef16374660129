/** What long work costs others: the host's memory, and the requests of a person beside it. */
import { readFileSync } from 'node:fs';
import type { Client } from '../../tests/harness/client.ts';
import { quantile } from '../bench.ts';

const PAGE_BYTES = 4096;
const MIB = 1024 * 1024;
const LOOK_MS = 50;
const BETWEEN_MS = 20;
const PAGE = '/items/crm_customers?fields=id,name,class,grade,status&sort=name&limit=25';

/** Memory of a process in MiB, where the system tells it. */
export const residentMiB = (pid: number): number => (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES) / MIB;

export interface Watched<T> {
  result: T;
  ms: number;
  /** The most memory seen, in MiB. */
  peak: number;
  /** p99 of the requests beside it, in ms; NaN where there were none. */
  p99: number;
}

/** Runs `work` and watches, with somebody beside it who looks at lists; null: with nobody, as whatever it is compared with. */
export async function watch<T>(pid: number, client: Client | null, work: () => Promise<T>): Promise<Watched<T>> {
  let peak = residentMiB(pid);
  const sampler = setInterval(() => (peak = Math.max(peak, residentMiB(pid))), LOOK_MS);
  const times: number[] = [];
  let isOver = false;
  const beside = (async () => {
    while (client && !isOver) {
      const begun = performance.now();
      const { status, text } = await client.request('GET', PAGE);
      if (status !== 200) throw new Error(`a list beside the import: ${status} ${text.slice(0, 200)}`);
      times.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    }
  })();
  const begun = performance.now();
  try {
    const result = await work();
    const ms = performance.now() - begun;
    return { result, ms, peak, p99: quantile(times, 0.99) };
  } finally {
    isOver = true;
    clearInterval(sampler);
    await beside;
  }
}
