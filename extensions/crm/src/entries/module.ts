import { defineModule } from '@directus/extensions-sdk';
import Audit from '../audit/page/audit.vue';
import Certificate from '../guard/page/certificate.vue';
import Configuration from '../guard/page/configuration.vue';
import Doctor from '../guard/page/doctor.vue';
import ExtraFields from '../guard/page/extra-fields.vue';
import Home from '../guard/page/home.vue';

export default defineModule({
  id: 'crm',
  name: 'CRM',
  icon: 'hub',
  routes: [
    { path: '', component: Home },
    { path: 'configuration', component: Configuration },
    { path: 'fields', component: ExtraFields },
    { path: 'doctor', component: Doctor },
    { path: 'certificate', component: Certificate },
    { path: 'audit', component: Audit },
  ],
});
