import { createServer } from 'node:net';
import { Problem } from './problem.mjs';

/**
 * Finds out before anything long is done whether we could listen.
 * @param {string} host
 * @param {number} port
 * @returns {Promise<void>}
 */
export function checkPort(host, port) {
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Problem('badPort', { port });
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      reject(problemOf(code, host, port));
    });
    server.listen(port, host, () => server.close(() => resolve()));
  });
}

/** @param {string | undefined} code @param {string} host @param {number} port */
function problemOf(code, host, port) {
  if (code === 'EADDRINUSE') return new Problem('portTaken', { port });
  return code === 'EACCES' ? new Problem('portForbidden', { port }) : new Problem('badHost', { host });
}
