/**
 * Why npm could not download, in a few words out of its long answer.
 * @param {string} output
 */
export function registryReason(output) {
  const code = /\b(E[A-Z]{3,}|ERR_[A-Z_]+)\b/.exec(output.replaceAll('npm error', ''))?.[1];
  const line = output
    .split('\n')
    .map((text) => text.replace(/^npm (error|ERR!)\s*/, '').trim())
    .find((text) => /request|network|registry|not found|certificate/i.test(text));
  return [code, line].filter(Boolean).join(': ').slice(0, 200) || 'npm';
}
