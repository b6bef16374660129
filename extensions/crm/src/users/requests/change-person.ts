import { afterCommit } from '../../platform/api/after-commit.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Accountability, HostContext, Knex, Row } from '../../platform/api/host.ts';
import { USERS } from './request-row.ts';

type Host = Pick<HostContext, 'services' | 'getSchema' | 'emitter'>;

interface HostEvent {
  event: string | string[];
  meta: Row;
  context: Row;
}

async function withPeople<Result>(
  { services, getSchema, emitter }: Host,
  database: Knex,
  accountability: Accountability | null,
  work: (people: InstanceType<HostContext['services']['UsersService']>, options: object) => Promise<Result>,
): Promise<Result> {
  const events: HostEvent[] = [];
  const people = new services.UsersService({ schema: await getSchema({ database }), knex: database, accountability });
  // That an administrator of the host remains is not asked: in production that one is suspended itself (design.md 12).
  const options = { bypassEmitAction: (event: HostEvent) => events.push(event), onRequireUserIntegrityCheck: () => undefined };
  const result = await work(people, options);
  afterCommit(database, () => {
    for (const { event, meta, context } of events) emitter.emitAction(event, meta, context);
  });
  return result;
}

/**
 * Opens or changes a log-in through the host's own service, in the caller's transaction and in the executor's name: every rule that
 * holds in the Studio's form of a person holds here (headcount, homes, dual control), and the host ends sessions where it must.
 *
 * @param user null: a new one.
 * @returns the key of the person.
 */
export const writePerson = (
  host: Host,
  database: Knex,
  accountability: Accountability,
  user: string | null,
  values: Row,
): Promise<string> =>
  withPeople(host, database, accountability, async (people, options) =>
    String(await (user ? people.updateOne(user, values, options) : people.createOne(values, options))),
  );

/** Gives somebody another password, which nobody knows, by the server itself: it is in no role's fields. */
export const writePassword = (host: Host, database: Knex, user: string, password: string): Promise<void> =>
  withPeople(host, database, null, async (people, options) => {
    await changeLog().around(database, USERS, [user], () => people.updateOne(user, { password }, options));
  });

/** Nothing of before opens anything any more. */
export async function endEverySession(database: Knex, user: string): Promise<void> {
  await database(USERS).where({ id: user }).update({ token: null });
  await database('directus_sessions').where({ user }).delete();
}
