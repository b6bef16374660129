/**
 * A number with at most `scale` digits behind the point, halves away from zero. Decided on the digits as they are written,
 * because databases do not agree: PostgreSQL rounds like this, SQLite stores whatever comes.
 */
export function toScale(value: number | string, scale: number): number {
  const [, sign = '', whole = '0', digits = '', exponent = '0'] = DECIMAL.exec(String(value).trim()) ?? [];
  if (Number(exponent) !== 0) return Number(Number(value).toFixed(scale)) + 0;
  if (digits.length <= scale) return Number(value) + 0;
  const kept = BigInt(whole + digits.slice(0, scale)) + (digits.charAt(scale) >= '5' ? 1n : 0n);
  const text = String(kept).padStart(scale + 1, '0');
  const rounded = Number(scale ? `${text.slice(0, -scale)}.${text.slice(-scale)}` : text);
  return sign === '-' && rounded ? -rounded : rounded;
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?(?:e([+-]?\d+))?$/iu;
