import { describe, expect, it } from 'vitest';
import { checkPath, problemOfInstall } from './dependencies.mjs';
import { checkSpace } from './disk.mjs';
import { Problem } from './problem.mjs';

const all = () => true;
const none = () => false;

describe('an installation of packages that fails says what to do (issue 2 §1)', () => {
  it.each([
    ['no npm', 127, 'spawn npm ENOENT', all, 'noNpm'],
    ['no space', 1, 'npm error code ENOSPC\nnpm error nospc There appears to be insufficient space', all, 'noSpace'],
    ['no space for the compiler', 1, 'gyp ERR! cc1plus: No space left on device', none, 'noSpace'],
    ['no compiler', 1, 'gyp ERR! stack Error: not found: make\nnpm error', none, 'buildTools'],
    ['no network', 1, 'npm error code ENOTFOUND\nnpm error network request to https://registry.npmjs.org/x failed', all, 'registry'],
    ['a registry that refuses', 1, 'npm error code E403\nnpm error 403 Forbidden', all, 'registry'],
  ])('%s', (_, code, output, isThere, problem) => {
    expect(problemOfInstall(code, output, isThere)?.problem).toBe(problem);
  });

  it('names exactly the tools that are missing', () => {
    expect(problemOfInstall(1, 'gyp ERR!', (program) => program === 'python3')?.message).toContain('apt-get install -y make g++');
  });

  it('says nothing it does not know', () => {
    expect(problemOfInstall(1, 'npm error something new', all)).toBeNull();
  });
});

describe('a clone whose path has a space', () => {
  it('is refused before the compilers fail on it', () => {
    expect(() => checkPath('/home/me/my crm')).toThrow(/move it to a path without spaces/);
    expect(() => checkPath('/home/me/集团-crm')).not.toThrow();
  });
});

describe('disk space', () => {
  const disk = (megabytes: number) => () => ({ bavail: megabytes * 256, bsize: 4096 });

  it('is asked for before long work begins, also for a folder that is not there yet', () => {
    expect(() => checkSpace('/nowhere/at/all', 200, disk(199))).toThrow(Problem);
    expect(() => checkSpace('/nowhere/at/all', 200, disk(199))).toThrow(/200 MB/);
    expect(() => checkSpace('/nowhere/at/all', 200, disk(200))).not.toThrow();
  });
});
