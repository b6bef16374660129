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
import Board from '../pipeline/page/board/board.vue';

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
    { path: 'approvals', component: Approvals },
    { path: 'approvals/:id', component: Approvals, props: true },
    { path: 'imports', component: Imports },
    { path: 'imports/new', component: NewImport },
    { path: 'imports/:id', component: OneImport, props: true },
    { path: 'exports', component: Exports },
    { path: 'exports/new', component: NewExport },
  ],
});
