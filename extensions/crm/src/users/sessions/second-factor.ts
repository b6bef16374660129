import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { userStates } from '../../guard/user-state.ts';
import { roleOf } from '../../kernel/roles.ts';
import { toLanguage, type Language } from '../../platform/api/actor.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Accountability, Knex } from '../../platform/api/host.ts';
import { takeTry } from './guesses.ts';
import type { SessionPorts } from './ports.ts';
import { provePassword } from './prove-password.ts';
import { isProvenSecret, newProvenSecret } from './proven-secret.ts';
import { sessionRefusal } from './refuse.ts';

interface Register {
  init(event: string, handler: (meta: { app: Express }) => void): void;
}

const USERS = 'directus_users';
const LONGEST = 256;
const NO_CONTENT = 204;

interface Asker {
  user: string;
  language: Language;
  accountability: Accountability;
}

function textIn(request: Request, field: string, { language }: Asker): string {
  const value = (request.body as Record<string, unknown> | undefined)?.[field];
  if (typeof value !== 'string' || !value || value.length > LONGEST) throw sessionRefusal('bad_value', language, { where: field });
  return value;
}

/**
 * The second factor of our people (ACC-7), behind the host's own addresses, so that the Studio's pages work as they are. The host would
 * ask for the right to write the column, which nobody of ours has, and would let passwords be guessed. What is asked here instead: the
 * password for a secret, a code for everything else, and both are counted.
 */
export function registerSecondFactor({ init }: Register, ports: SessionPorts): void {
  const { context, clock, guesses } = ports;
  const { database, env, services, getSchema } = context;
  const states = userStates(database);
  const factor = async (knex: Knex) => new services.TFAService({ schema: await getSchema({ database: knex }), knex, accountability: null });
  const change = (user: string, work: (service: Awaited<ReturnType<typeof factor>>) => Promise<void>) =>
    database.transaction((inside) => changeLog().around(inside, USERS, [user], async () => work(await factor(inside))));
  const checkCode = async ({ user, language }: Asker, code: string, secret?: string): Promise<void> => {
    await takeTry(guesses.person, user, language);
    if (!(await (await factor(database)).verifyOTP(user, code, secret))) throw sessionRefusal('wrong_code', language);
  };

  async function generate(request: Request, response: Response, asker: Asker): Promise<void> {
    const { user, language, accountability } = asker;
    const { provider } = await database(USERS).where({ id: user }).first('provider');
    // Whom another service lets in has no password here; the host asks for none either.
    const hasOne = provider === 'default';
    if (hasOne)
      await provePassword(
        ports,
        { user, language, provider, accountability, refusal: 'wrong_current' },
        textIn(request, 'password', asker),
      );
    const address = new URL((await (await factor(database)).generateTFA(user, hasOne)).url);
    const secret = newProvenSecret({ user, key: env['SECRET'], now: clock.now() });
    address.searchParams.set('secret', secret);
    response.set('Cache-Control', 'no-store').json({ data: { secret, otpauth_url: address.toString() } });
  }

  async function enable(request: Request, response: Response, asker: Asker): Promise<void> {
    const [secret, code] = [textIn(request, 'secret', asker), textIn(request, 'otp', asker)];
    if (!isProvenSecret(secret, { user: asker.user, key: env['SECRET'], now: clock.now() }))
      throw sessionRefusal('factor_over', asker.language);
    await checkCode(asker, code, secret);
    await change(asker.user, (service) => service.enableTFA(asker.user, code, secret));
    response.status(NO_CONTENT).end();
  }

  async function disable(request: Request, response: Response, asker: Asker): Promise<void> {
    const code = textIn(request, 'otp', asker);
    if ((await states.now(asker.user))?.demandsSecondFactor) throw sessionRefusal('factor_demanded', asker.language);
    await checkCode(asker, code);
    await change(asker.user, (service) => service.disableTFA(asker.user));
    response.status(NO_CONTENT).end();
  }

  const ofOurs =
    (work: (request: Request, response: Response, asker: Asker) => Promise<void>): RequestHandler =>
    (request: Request, response: Response, next: NextFunction) => {
      const { accountability } = request as Request & { accountability?: Accountability };
      const user = roleOf(accountability?.role) ? accountability?.user : null;
      if (!user || !accountability) return void next();
      work(request, response, { user, language: toLanguage(request.headers['accept-language']), accountability }).catch(next);
    };
  init('routes.before', ({ app }) => {
    app.post('/users/me/tfa/generate', ofOurs(generate));
    app.post('/users/me/tfa/enable', ofOurs(enable));
    app.post('/users/me/tfa/disable', ofOurs(disable));
  });
}
