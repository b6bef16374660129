#!/usr/bin/env node
// Loads nothing before the check, so that a Node.js of long ago can still read this file and say what is wrong.
const version = process.versions.node;
if (Number(version.split('.')[0]) < 20) {
  console.error(`✗ Node.js ${version} 太旧，请安装 20 或更新的版本 | Node.js ${version} is too old: install version 20 or newer`);
  process.exit(1);
} else {
  void Promise.all([import('./lib/start.mjs'), import('./lib/fail.mjs')]).then(([{ start }, { fail }]) => start().catch(fail));
}
