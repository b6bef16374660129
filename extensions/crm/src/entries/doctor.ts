import { MODEL } from '../../../../schema-snapshots/model/index.ts';
import { toHost } from '../../../../schema-snapshots/to-host.ts';
import { AUDITOR_POLICY_ID } from '../../../../seed/access/identities.ts';
import { accessRows } from '../../../../seed/access/matrix.ts';
import { readIndexNames } from '../../../../seed/installer/standing.ts';
import manifest from '../../package.json' with { type: 'json' };
import { silentOperations } from '../audit/silent-flows.ts';
import { recountMarks } from '../customers/index.ts';
import { createDoctor, type Doctor } from '../guard/doctor/doctor.ts';
import type { DoctorPlan } from '../guard/doctor/plan.ts';
import type { HostContext } from '../platform/api/host.ts';
import type { Keys } from '../platform/api/keys.ts';
import { examineSealing } from '../privacy/examine.ts';
import { sweepOrphans } from '../privacy/orphan-keys.ts';
import { treeRecount } from '../segments/index.ts';
import { keysFor } from './keys.ts';

function planOfDoctor(keys: Keys): DoctorPlan {
  const { roles, policies, access, permissions } = accessRows();
  return {
    expected: { roles, policies, access, permissions, personal: [AUDITOR_POLICY_ID] },
    version: manifest.version,
    indexes: toHost(MODEL).indexes.map(({ name, table }) => ({ name, table })),
    readIndexNames,
    recountTree: treeRecount,
    recountMarks,
    logging: { silentOperations },
    sealing: {
      keyFault: () => faultOf(keys),
      examine: (database, schema, now) => examineSealing(database, { ring: ringOf(keys), schema, now }),
      sweep: sweepOrphans,
    },
  };
}

const faultOf = (keys: Keys) => {
  const ring = keys.ring();
  return ring.accepted ? null : ring.reason;
};

const ringOf = (keys: Keys) => {
  const ring = keys.ring();
  return ring.accepted ? ring.value : null;
};

let doctor: Doctor | null = null;

/** The one doctor of this process: hooks, routes and the command line ask the same. */
export function doctorOf(context: HostContext): Doctor {
  doctor ??= createDoctor(planOfDoctor(keysFor(context)), context, Date.now);
  return doctor;
}
