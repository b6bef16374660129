/** P1, P5: what happened to a record of somebody else, its activities answered and done by others, and plans run by nobody's right. */
import { canRead } from '../visibility.ts';
import type { StoredRow } from '../world.ts';
import { absentId, get, type Attempt, type Path } from './attempt.ts';

const WITH_TIMELINE = ['crm_customers', 'crm_leads', 'crm_opportunities', 'crm_contacts'];

const write = (url: string, body: object, secrets: NonNullable<Attempt['secrets']>): Attempt => ({
  method: 'POST',
  url,
  body,
  secrets,
  writes: true,
});

export const activityPaths: Path[] = [
  {
    id: 'P1',
    name: 'timelines',
    attempts: ({ draw, world, viewer, own }) => {
      const collection = draw.pick(WITH_TIMELINE);
      const record: StoredRow = draw.pick(world.of(collection).filter((row) => !canRead(viewer, row)));
      const secrets = [{ real: record.id, absent: absentId(draw) }];
      const at = `/crm/records/${collection}/${record.id}/timeline`;
      return [
        get(at, { secrets }),
        get(`${at}?kinds=audit,reveal&limit=100`, { secrets }),
        get(`${at}?before=2026-03-04T12:00:00Z~${record.id}`, { secrets }),
        get(`/crm/records/crm_segments/${own?.id ?? record.id}/timeline`, { secrets: own ? [] : secrets }),
      ];
    },
  },
  {
    id: 'P5',
    name: 'activities of others',
    attempts: ({ draw, world, viewer }) => {
      const activity: StoredRow = draw.pick(world.of('crm_activities').filter((row) => !canRead(viewer, row)));
      const secrets = [{ real: activity.id, absent: absentId(draw) }];
      const at = `/crm/activities/${activity.id}`;
      return [
        write(`${at}/respond`, { answer: 'accept' }, secrets),
        write(`${at}/respond`, { answer: 'decline', reason: draw.pick(['外出', 'busy']) }, secrets),
        write(`${at}/assign`, { owner: viewer.id }, secrets),
        write(`${at}/done`, { outcome: '完成', next: { type: 'call', subject: '继续', due_on: '2027-01-08' } }, secrets),
        write('/crm/plans/run', {}, []),
        write('/crm/plans/run', { as_of: '2026-12-31' }, []),
      ];
    },
  },
];
