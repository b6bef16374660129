import type { Response } from 'express';

/** An answer that is a file: kept by no cache between, named in any language. */
export const download = (response: Response, name: string, type: string): Response =>
  response
    .set('Cache-Control', 'no-store')
    .set(
      'Content-Disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()]/gu, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    )
    .type(type);
