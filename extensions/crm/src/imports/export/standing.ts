import type { Actor } from '../../platform/api/actor.ts';

/** Who somebody is for the row rules; a change of it ends what was begun before. */
export const standingOf = ({ active, admin, role, homeSegment, managedSegments }: Actor): string =>
  JSON.stringify([active, admin, role, homeSegment, [...managedSegments].sort()]);

const MANY = ['system_admin', 'group_executive'];

/** Whether somebody sees rows of more than one segment. */
export const seesSeveral = ({ admin, role, managedSegments }: Actor): boolean =>
  admin || (role !== null && MANY.includes(role)) || managedSegments.length > 1;
