/** What stands inside a token of the host, believed by nobody yet. */
export function claimsBody(token: unknown): Record<string, unknown> {
  try {
    const part = typeof token === 'string' ? (token.split('.')[1] ?? '') : '';
    const body: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
