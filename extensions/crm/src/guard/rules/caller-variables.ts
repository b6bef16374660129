/**
 * `$CURRENT_USER.a.b` in a filter makes the host read other rows with its own rights and compare them with the caller's
 * (`$CURRENT_USER.role.users.email` holds the addresses of everybody in the role). Only a column of the caller's own row,
 * and the caller's own segments, may be named.
 */
const PATH = /\$CURRENT_(USER|ROLES?|POLICIES)\.([\w$().]+)/g;
const SECRET = /^(password|token|tfa_secret|auth_data|external_identifier)\b/;
const OWN_LISTS = ['crm_managed_segments.crm_segment', 'crm_managed_segments.crm_segment.id'];

/** Whether any text inside `value` names a variable that reaches beyond the caller's own row. Escapes count as written. */
export function namesForeignVariable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return textNamesForeignVariable(value);
  if (typeof value !== 'object' || value === null || depth > 60) return false;
  return Object.entries(value).some(([key, inner]) => textNamesForeignVariable(key) || namesForeignVariable(inner, depth + 1));
}

function textNamesForeignVariable(text: string): boolean {
  const plain = text.includes('\\u') ? unescaped(text) : text;
  if (!plain.includes('$CURRENT_')) return false;
  return [...plain.matchAll(PATH)].some(([, variable, path = '']) => {
    if (OWN_LISTS.includes(path)) return variable !== 'USER';
    return variable !== 'USER' || path.includes('.') || path.includes('(') || SECRET.test(path);
  });
}

const unescaped = (text: string) =>
  text.replace(/\\u\{?([0-9a-f]{1,6})\}?/gi, (whole, digits: string) => {
    const code = parseInt(digits.length > 4 && !whole.includes('{') ? digits.slice(0, 4) : digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) + (digits.length > 4 && !whole.includes('{') ? digits.slice(4) : '') : whole;
  });
