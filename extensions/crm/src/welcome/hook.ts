import { roleOf } from '../kernel/roles.ts';
import type { HostContext } from '../platform/api/host.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { findStartPage } from './start-page.ts';
import { isDemo, isOwnHost, pathOf, WelcomeSettings } from './settings.ts';

type Embed = (position: 'head' | 'body', code: string) => void;

/** Brings our scripts into the Studio's page; files of our own address, as its content policy asks. */
export function registerWelcome({ embed }: { embed: Embed }, { env }: Pick<HostContext, 'env'>): void {
  const settings = WelcomeSettings.parse(env);
  if (isOwnHost(settings)) embed('head', `<script src="${pathOf(settings)}crm/first-look.js"></script>`);
  if (isDemo(settings)) embed('body', `<script src="${pathOf(settings)}crm/welcome.js" defer></script>`);
}

/** A new person begins where the role's day begins; from the first click on, the host remembers the last page itself. */
const startPageStep: WriteStep = {
  name: 'welcome: where a new person starts',
  collections: ['directus_users'],
  async afterWrite({ collection, item, action, database }) {
    if (collection !== 'directus_users' || action !== 'create') return;
    const user = await database('directus_users').where({ id: item }).first('role', 'last_page');
    const role = roleOf(user?.role);
    if (!role || user.last_page) return;
    await database('directus_users')
      .where({ id: item })
      .update({ last_page: await findStartPage(database, role) });
  },
};

export const welcomeSteps: readonly WriteStep[] = [startPageStep];
