import { defineModule } from '@directus/extensions-sdk';
import Approvals from '../approvals/page/approvals.vue';
import Audit from '../audit/page/audit.vue';
import Certificate from '../guard/page/certificate.vue';
import Configuration from '../guard/page/configuration.vue';
import Doctor from '../guard/page/doctor.vue';
import ExtraFields from '../guard/page/extra-fields.vue';
import Home from '../guard/page/home.vue';
import Exports from '../imports/page/exports.vue';
import Imports from '../imports/page/imports.vue';
import NewExport from '../imports/page/new-export.vue';
import NewImport from '../imports/page/new-import.vue';
import OneImport from '../imports/page/one-import.vue';
import MyDay from '../reports/my-day/page/my-day.vue';
import NewDispute from '../transfers/page/new-dispute.vue';
import NewTransfer from '../transfers/page/new-transfer.vue';
import TransferDesk from '../transfers/page/desk.vue';
import People from '../users/freeze/page/people.vue';
import AccessRequests from '../users/requests/page/requests.vue';
import Board from '../pipeline/page/board/board.vue';
import Handover from '../users/handover/page/handover.vue';

/** The one that the address names, beside its list. */
const oneOf = (box: string) => (route: { params: Record<string, string | string[]> }) => ({ box, id: route.params['id'] });

/** What the address asks for by a word of its query. */
const asked = (word: string) => (route: { query: Record<string, unknown> }) => {
  const value = route.query[word];
  return { [word]: typeof value === 'string' ? value.toLowerCase() : undefined };
};

export default defineModule({
  id: 'crm',
  name: 'CRM',
  icon: 'hub',
  routes: [
    { path: '', component: Home },
    { path: 'my-day', component: MyDay },
    { path: 'configuration', component: Configuration },
    { path: 'fields', component: ExtraFields },
    { path: 'doctor', component: Doctor },
    { path: 'certificate', component: Certificate },
    { path: 'audit', component: Audit },
    { path: 'board', component: Board },
    { path: 'people', component: People },
    { path: 'access-requests', component: AccessRequests },
    { path: 'approvals', component: Approvals },
    { path: 'approvals/:id', component: Approvals, props: true },
    { path: 'transfers', component: TransferDesk, props: { box: 'transfers' } },
    { path: 'transfers/new', component: NewTransfer },
    { path: 'transfers/executed', component: TransferDesk, props: { box: 'executed' } },
    { path: 'transfers/executed/:id', component: TransferDesk, props: oneOf('executed') },
    { path: 'transfers/:id', component: TransferDesk, props: oneOf('transfers') },
    { path: 'disputes', component: TransferDesk, props: { box: 'disputes' } },
    { path: 'disputes/new', component: NewDispute },
    { path: 'disputes/:id', component: TransferDesk, props: oneOf('disputes') },
    { path: 'handover', component: Handover, props: asked('from') },
    { path: 'imports', component: Imports },
    { path: 'imports/new', component: NewImport },
    { path: 'imports/:id', component: OneImport, props: true },
    { path: 'exports', component: Exports },
    { path: 'exports/new', component: NewExport },
  ],
});
