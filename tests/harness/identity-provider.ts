import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Provider, { type InteractionResults } from 'oidc-provider';
import { freePort } from './free-port.ts';

const CLIENT = { id: 'crm', secret: 'a-secret-of-the-identity-provider-of-the-tests' };

export interface IdentityProvider {
  /** What a host is started with that lets people in by it. */
  env: Record<string, string>;
  /** Who sits before the browser: claims of the next log-in; null: nobody, it is given up. */
  person: { sub: string; email: string } | null;
  stop(): Promise<void>;
}

/** A real OpenID Connect provider on a port of its own, for a host that calls it `name`; it asks nobody for a password. */
export async function startIdentityProvider(name: string): Promise<IdentityProvider> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const claimsOf = new Map<string, { sub: string; email: string }>();
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
        },
        // The host's port is not known before it starts; a native client's loopback address may have any port (RFC 8252, 7.3).
        ...{ application_type: 'native', redirect_uris: [`http://127.0.0.1/auth/login/${name}/callback`] },
      },
    ],
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ email_verified: true, ...claimsOf.get(id), sub: id }) }),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60, RefreshToken: 600 },
    interactions: { url: (_, { uid }) => `/person/${uid}` },
    cookies: { keys: ['a-key-of-the-tests'] },
  });
  const answer = provider.callback();
  const self = {} as IdentityProvider;
  /** First who it is, then that the CRM may know it: a client on a loopback address is asked for every time. */
  const decide = async (request: IncomingMessage, response: ServerResponse) => {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    const done = (result: InteractionResults, mergeWithLastSubmission: boolean) =>
      provider.interactionFinished(request, response, result, { mergeWithLastSubmission });
    if (!self.person) return done({ error: 'access_denied' }, false);
    if (prompt.name === 'login') {
      claimsOf.set(self.person.sub, self.person);
      return done({ login: { accountId: self.person.sub, remember: false } }, false);
    }
    const grant = new provider.Grant({ clientId: String(params['client_id']), accountId: session!.accountId });
    grant.addOIDCScope('openid email profile');
    return done({ consent: { grantId: await grant.save() } }, true);
  };
  const server = createServer(
    (request, response) => void (request.url?.startsWith('/person/') ? decide(request, response) : answer(request, response)),
  );
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  const settings = {
    ...{ DRIVER: 'openid', CLIENT_ID: CLIENT.id, CLIENT_SECRET: CLIENT.secret, ISSUER_URL: `${issuer}/.well-known/openid-configuration` },
    ...{ IDENTIFIER_KEY: 'email', ALLOW_PUBLIC_REGISTRATION: 'false' },
  };
  const env = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`AUTH_${name.toUpperCase()}_${key}`, value]));
  return Object.assign(self, {
    env: { AUTH_PROVIDERS: name, ...env },
    person: null,
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  });
}
