import type { Router } from 'express';
import { isUuid } from '../../kernel/uuid.ts';
import { requireActor } from '../../platform/api/caller.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { route, type CrmRequest } from '../../platform/api/route.ts';
import type { ExecutePorts } from '../execute.ts';
import { parsed } from '../parsed.ts';
import { ownersQuery, pageQuery, transfersQuery } from './contract.ts';
import { oneDispute, openDisputes } from './dispute-views.ts';
import { ownersIn } from './owners.ts';
import { oneTransfer, waitingTransfers } from './transfer-views.ts';

/** What is read to work transfers and disputes (ORG-3, CUS-13); lists come before single ones, whose key they are not. */
export function registerDeskRoutes(router: Router, { context: { database } }: Pick<ExecutePorts, 'context'>): void {
  const answering = (path: string, answer: (request: CrmRequest, actor: Awaited<ReturnType<typeof requireActor>>) => Promise<object>) =>
    router.get(
      path,
      route(async (request, response) => {
        const actor = await requireActor(request, database);
        return response.set('Cache-Control', 'no-store').json(await answer(request, actor));
      }),
    );
  const idOf = ({ params }: CrmRequest): string => {
    const id = String(params['id'] ?? '').toLowerCase();
    if (!isUuid(id)) throw forbidden();
    return id;
  };

  answering('/transfers/waiting', ({ query }, actor) => waitingTransfers(database, actor, parsed(transfersQuery, query, actor)));
  answering('/transfers/owners', ({ query }, actor) => ownersIn(database, actor, parsed(ownersQuery, query, actor).segment));
  answering('/transfers/:id', (request, actor) => oneTransfer(database, actor, idOf(request)));
  answering('/disputes/open', ({ query }, actor) => openDisputes(database, actor, parsed(pageQuery, query, actor)));
  answering('/disputes/:id', (request, actor) => oneDispute(database, actor, idOf(request)));
}
