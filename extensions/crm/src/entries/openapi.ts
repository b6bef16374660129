import manifest from '../../package.json' with { type: 'json' };
import { guardOperations } from '../guard/contract.ts';
import { toOpenApi } from '../platform/api/openapi.ts';
import { setupOperations } from '../setup/contract.ts';
import { welcomeOperations } from '../welcome/contract.ts';

/** The document behind `/crm/openapi.json`: every slice's routes. */
export const openApi = toOpenApi([...guardOperations, ...setupOperations, ...welcomeOperations], manifest.version);
