import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isEnough, ownRuntime } from './node-runtime.mjs';

const folder = mkdtempSync(join(tmpdir(), 'crm-node-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A Node as an installation lays it out, reached through a link as version managers make one. */
function installation(name: string, withHeaders: boolean): string {
  const prefix = join(folder, name);
  mkdirSync(join(prefix, 'bin'), { recursive: true });
  writeFileSync(join(prefix, 'bin', 'node'), '');
  if (withHeaders) {
    mkdirSync(join(prefix, 'include', 'node'), { recursive: true });
    writeFileSync(join(prefix, 'include', 'node', 'node_api.h'), '');
  }
  symlinkSync(join(prefix, 'bin', 'node'), join(folder, `${name}-link`));
  return join(folder, `${name}-link`);
}

describe('which Node runs the CRM (directus-facts.md §0)', () => {
  it.each([
    ['20.20.2', false],
    ['22.17.1', false],
    ['22.18.0', true],
    ['22.23.3', true],
    ['23.11.0', false],
    ['24.0.0', true],
    ['24.11.1', true],
    ['25.2.0', false],
    ['26.0.0', false],
  ])('%s of the machine: %s', (version, expected) => {
    expect(isEnough(version)).toBe(expected);
  });

  it('builds native modules with the headers beside the machine’s own', () => {
    const node = installation('whole', true);
    expect(ownRuntime({ version: '24.1.0', modules: '137', node })).toEqual({
      node,
      modules: '137',
      env: { npm_config_nodedir: join(folder, 'whole') },
    });
  });

  it('does not use one that came without headers, nor one that is not ours', () => {
    expect(ownRuntime({ version: '24.1.0', modules: '137', node: installation('bare', false) })).toBeNull();
    expect(ownRuntime({ version: '23.1.0', modules: '131', node: installation('odd', true) })).toBeNull();
  });
});
