import type { ApprovalKind, ApprovalRow } from '../../approvals/index.ts';
import { ROLE_IDS } from '../../kernel/roles.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { say } from '../../platform/api/say.ts';
import { ableSystemAdmins, oneAtATime } from '../../segments/index.ts';
import type { Clock } from '../../platform/api/clock.ts';
import { isBeholden } from './beholden.ts';
import { FREEZE_KIND, FREEZES, momentOf, USERS, type FreezeRow } from './freeze-row.ts';
import { LINES } from './locale/notices.ts';
import { giveWay } from './freeze.ts';
import { holdPerson, openFreezes } from './person.ts';
import type { FreezePorts } from './ports.ts';
import { freezeRefusal } from './refuse.ts';
import { canBeFrozen, isLastSystemAdmin, standingOf } from './rules/freeze-decision.ts';
import { setStatus } from './set-status.ts';
import { writeState } from './write-freeze.ts';

const rowOf = (database: Knex, { item }: Pick<ApprovalRow, 'item'>): Promise<FreezeRow | undefined> =>
  database(FREEZES).where({ id: item }).first();

/** However the rule of approvals is changed, and whoever stands in: it takes an executive (Q5). */
function requireExecutive({ role, language }: Actor): void {
  if (role !== 'group_executive') throw freezeRefusal('executive_only', language);
}

async function refuseRow(database: Knex, { item }: ApprovalRow, by: string | null, now: Date): Promise<void> {
  await writeState(database, item, 'pending', { state: 'refused', approved_by: by, date_updated: now, user_updated: by });
}

/** What becomes of the form that a freeze rests on, once it is decided; users/requests brings it. */
export type FormOfFreeze = (database: Knex, freeze: FreezeRow, decision: { isAgreed: boolean; now: Date }) => Promise<void>;

/** Nor is it an executive whom one side has put there: then one person would have decided alone (Q5). */
async function requireFree(database: Knex, clock: Clock, { user, language }: Actor, side: string | null): Promise<void> {
  if (await isBeholden(database, clock, user, side)) throw freezeRefusal('executive_bound', language);
}

/** The freeze of a system admin, decided by an executive; the last active one is never frozen, whoever agrees (Q5, N4). */
export function freezeKind({ context, clock }: FreezePorts, endForm: FormOfFreeze): ApprovalKind {
  return {
    kind: FREEZE_KIND,
    async fingerprint(database, approval) {
      // Before the decision writes anything: notes to a person would stand in the way of another's freeze of that person.
      // The person first, as every freeze and thaw does: two who hold both in another order would wait for each other.
      const row = await rowOf(database, approval);
      if (row) await holdPerson(database, row.user);
      await oneAtATime(database);
      const user = row && (await database(USERS).where({ id: row.user }).first('role', 'status'));
      // A lock-out in between, which anybody outside can bring about, leaves the question as it was.
      const isFreezable = row && user && canBeFrozen(user.status, standingOf((await openFreezes(database, row.user)).present));
      return JSON.stringify([row?.user ?? null, user?.role ?? null, isFreezable ? 'active' : (user?.status ?? null)]);
    },
    async approved(database, approval, actor) {
      requireExecutive(actor);
      await requireFree(database, clock, actor, approval.requested_by);
      const row = (await rowOf(database, approval))!;
      const target = await holdPerson(database, row.user);
      await oneAtATime(database);
      const now = clock.now();
      const until = momentOf(row.until);
      const { present } = await openFreezes(database, row.user);
      const isFreezable = target?.role === 'system_admin' && canBeFrozen(target.status, standingOf(present));
      if (!isFreezable) throw freezeRefusal('not_active', actor.language);
      if (isLastSystemAdmin(target, await ableSystemAdmins(database))) throw freezeRefusal('last_system_admin', actor.language);
      if (until && until <= now) throw freezeRefusal('approval_over', actor.language);
      if (present) await giveWay(database, { clock }, present, actor);
      await writeState(database, row.id, 'pending', {
        ...{ state: 'frozen', approved_by: actor.user, frozen_at: now, date_updated: now, user_updated: actor.user },
      });
      await setStatus(context, database, target.user, { status: 'suspended', token: null });
      await endForm(database, row, { isAgreed: true, now });
    },
    async rejected(database, approval, actor) {
      requireExecutive(actor);
      const now = clock.now();
      const row = (await rowOf(database, approval))!;
      await requireFree(database, clock, actor, row.user);
      await refuseRow(database, approval, actor.user, now);
      await endForm(database, row, { isAgreed: false, now });
    },
    withdrawn: (database, approval, actor) => refuseRow(database, approval, actor?.user ?? null, clock.now()),
    async lines(database, approval, language) {
      const row = await rowOf(database, approval);
      const until = momentOf(row?.until);
      const person =
        row && (await database(USERS).where({ id: row.user }).where({ role: ROLE_IDS.system_admin }).first('first_name', 'last_name'));
      const name = [person?.first_name, person?.last_name].filter(Boolean).join(' ');
      const moment = (at: Date) =>
        new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(at);
      return [
        ...(name ? [{ label: say(LINES.person, language), value: name }] : []),
        { label: say(LINES.until, language), value: until ? moment(until) : say(LINES.open, language) },
      ];
    },
  };
}
