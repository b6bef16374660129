/**
 * The health check of the container: 0 when the server answers. A CRM that its doctor keeps closed is a server in order: were it
 * "unhealthy", the proxy in front of it would not start and no administrator could come in to repair it.
 */
const url = `http://127.0.0.1:${process.env['PORT'] || 8055}/crm/health`;
try {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  const { status } = await response.json();
  process.exitCode = status === 'ok' || status === 'closed' ? 0 : 1;
} catch {
  process.exitCode = 1;
}
