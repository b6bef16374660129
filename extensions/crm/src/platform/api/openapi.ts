import { z, type ZodType } from 'zod';
import type { Said } from './say.ts';

/** One route of ours as programs outside see it; each slice lists its own, `entries/` puts them together. */
export interface ApiOperation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/crm`, in OpenAPI's form: `/contacts/{id}/reveal`. */
  path: string;
  summary: Said;
  /** Who may call it, in words of docs/glossary.md. */
  who: string;
  request?: ZodType;
  /** Absent: JSON. */
  requestType?: 'multipart/form-data';
  response: ZodType;
  /** Status of success; 200 unless said. */
  status?: number;
  /** Further statuses it answers with, besides 403 and 503. */
  refusals?: Readonly<Record<number, string>>;
}

const errors = z.object({
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).catchall(z.unknown()) })),
});

const content = (schema: ZodType, type = 'application/json') => {
  const { $schema: _dialect, ...plain } = z.toJSONSchema(schema, { unrepresentable: 'any' });
  return { [type]: { schema: plain } };
};

const parametersOf = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));

function describe(operation: ApiOperation) {
  const refusals = { 403: 'FORBIDDEN', 503: 'SERVICE_UNAVAILABLE', ...operation.refusals };
  const parameters = parametersOf(operation.path);
  return {
    operationId: `${operation.method}${operation.path.replaceAll(/[^a-zA-Z0-9]+(\w)/g, (_whole, letter: string) => letter.toUpperCase()).replaceAll(/\W/g, '')}`,
    summary: operation.summary['en-US'],
    description: `${operation.summary['zh-CN']}\n\n${operation.who}`,
    ...(parameters.length ? { parameters } : {}),
    ...(operation.request ? { requestBody: { required: true, content: content(operation.request, operation.requestType) } } : {}),
    responses: {
      [operation.status ?? 200]: { description: 'OK', content: content(operation.response) },
      ...Object.fromEntries(
        Object.entries(refusals).map(([status, description]) => [
          status,
          { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Errors' } } } },
        ]),
      ),
    },
  };
}

/** The OpenAPI document of our routes. Deterministic: docs/api/openapi.json is compared with it byte by byte. */
export function toOpenApi(operations: readonly ApiOperation[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of [...operations].sort((left, right) => (left.path + left.method < right.path + right.method ? -1 : 1))) {
    const path = `/crm${operation.path}`;
    paths[path] = { ...paths[path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '集团 CRM · Group CRM',
      version,
      description: 'Routes of the CRM extension; rows are read and written through the host, at /items/crm_*.',
      license: { name: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'directus_session_token' },
        token: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Errors: (content(errors)['application/json'] as { schema: unknown }).schema },
    },
  };
}
