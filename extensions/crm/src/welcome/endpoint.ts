import type { Router } from 'express';
import type { HostContext } from '../platform/api/host.ts';
import { route } from '../platform/api/route.ts';
import { readOffer } from './offer.ts';
import { firstLookScript, welcomeScript } from './script.ts';
import { isDemo, isOwnHost, WelcomeSettings } from './settings.ts';

/** The scripts of the first minute and, in the demo alone, who may be chosen on the log-in page. */
export function registerWelcomeRoutes(router: Router, { database, env }: HostContext): void {
  const settings = WelcomeSettings.parse(env);
  const script = (path: string, text: string) =>
    router.get(
      path,
      route((_request, response) => response.type('js').set('Cache-Control', 'no-cache').send(text)),
    );

  if (isOwnHost(settings)) script('/first-look.js', firstLookScript());
  if (!isDemo(settings)) return;
  script('/welcome.js', welcomeScript());
  router.get(
    '/welcome.json',
    route(async (_request, response) =>
      response.set('Cache-Control', 'no-store').json(await readOffer(database, settings.CRM_DEMO_PASSWORD ?? '')),
    ),
  );
}
