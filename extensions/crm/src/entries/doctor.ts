import { MODEL } from '../../../../schema-snapshots/model/index.ts';
import { toHost } from '../../../../schema-snapshots/to-host.ts';
import { accessRows } from '../../../../seed/access/matrix.ts';
import { readIndexNames } from '../../../../seed/installer/standing.ts';
import manifest from '../../package.json' with { type: 'json' };
import { createDoctor, type Doctor } from '../guard/doctor/doctor.ts';
import type { DoctorPlan } from '../guard/doctor/plan.ts';
import type { HostContext } from '../platform/api/host.ts';
import { treeRecount } from '../segments/index.ts';

function planOfDoctor(): DoctorPlan {
  const { roles, policies, access, permissions } = accessRows();
  return {
    expected: { roles, policies, access, permissions },
    version: manifest.version,
    indexes: toHost(MODEL).indexes.map(({ name, table }) => ({ name, table })),
    readIndexNames,
    recountTree: treeRecount,
  };
}

let doctor: Doctor | null = null;

/** The one doctor of this process: hooks, routes and the command line ask the same. */
export function doctorOf(context: HostContext): Doctor {
  doctor ??= createDoctor(planOfDoctor(), context, Date.now);
  return doctor;
}
