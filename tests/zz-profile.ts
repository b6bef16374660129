import { buildWorld } from './integration/access/world.ts';
import { csv, deskOf } from './integration/imports/desk.ts';
const world = await buildWorld((process.argv[2] ?? 'sqlite') as 'sqlite');
const rows = Number(process.argv[3] ?? 20000);
if (process.argv[4]) await world.host.restart({ NODE_OPTIONS: '--cpu-prof --cpu-prof-dir=/tmp/crm/prof-i4' });
const desk = deskOf(world.as.adminA);
await desk.bring(csv(['客户名称'], ['暖身有限公司']));
const table = csv(['客户名称','联系人','手机','地址','行业','负责人'], ...Array.from({ length: rows }, (_, at) => [`第${at}号有限公司`, '李雷', `138${String(at).padStart(8, '0')}`, `中山路${at % 900}号`, 'C26', 'repA1']));
const base: number[] = [];
for (let i = 0; i < 15; i += 1) { const t = performance.now(); await world.as.repA1.request('GET', '/items/crm_customers?limit=25'); base.push(performance.now() - t); }
const started = performance.now();
const { body } = await desk.send(table);
const slow: number[] = [];
while ((await desk.view(body.id)).body.status === 'uploaded') { const t = performance.now(); await world.as.repA1.request('GET', '/items/crm_customers?limit=25'); slow.push(performance.now() - t); await new Promise((r) => setTimeout(r, 100)); }
console.log(rows, 'rows', Math.round(performance.now() - started), 'ms', JSON.stringify((await desk.view(body.id)).body.counts), 'base', base.sort((a,b)=>a-b)[7], 'other', slow.sort((a,b)=>a-b)[slow.length >> 1], Math.max(...slow), slow.length);
console.log(world.host.logs().match(/STAGE.*/g));
if (process.argv[4]) await world.host.halt();
await world.host.stop();
process.exit(0);
