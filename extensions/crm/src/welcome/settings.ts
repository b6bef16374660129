import { z } from 'zod';

const isTrue = z
  .union([z.literal(true), z.literal('true')])
  .optional()
  .catch(undefined)
  .transform(Boolean);

/** What this slice wants to know of the environment; the host reads `true` as a boolean. */
export const WelcomeSettings = z.object({
  CRM_DEMO: isTrue,
  CRM_DEMO_PASSWORD: z.coerce.string().optional(),
  /** Only our own starter sets it: a Directus of others keeps its own look. */
  CRM_DATA_DIR: z.coerce.string().optional(),
  PUBLIC_URL: z.coerce.string().optional(),
});

export type WelcomeSettings = z.infer<typeof WelcomeSettings>;

export const isOwnHost = ({ CRM_DATA_DIR }: WelcomeSettings): boolean => Boolean(CRM_DATA_DIR);
export const isDemo = ({ CRM_DEMO, CRM_DEMO_PASSWORD }: WelcomeSettings): boolean => CRM_DEMO && Boolean(CRM_DEMO_PASSWORD);

/** The path under which the host is reached, `/` most often; with a slash at the end. */
export function pathOf({ PUBLIC_URL }: WelcomeSettings): string {
  const path = PUBLIC_URL && URL.canParse(PUBLIC_URL) ? new URL(PUBLIC_URL).pathname : '/';
  return path.endsWith('/') ? path : `${path}/`;
}
