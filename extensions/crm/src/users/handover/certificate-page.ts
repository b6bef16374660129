import { canonical } from '../../audit/rules/canonical.ts';
import type { Language } from '../../platform/api/actor.ts';
import { say, type Said } from '../../platform/api/say.ts';
import { hashOf } from './certificate-data.ts';
import type { Certificate } from './certificate-shape.ts';
import { CERTIFICATE, KINDS } from './locale/texts.ts';

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it stands in a page, whatever it holds (F22). */
const shown = (text: string): string => text.replaceAll(/[&<>"']/gu, (sign) => ESCAPED[sign]!);

const STYLE = `
:root { color-scheme: light; font-family: system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
body { max-inline-size: 760px; margin: 32px auto; padding-inline: 16px; color: #172940; background: #fff; line-height: 1.6; }
h1 { margin-block: 0 8px; font-size: 26px; }
h2 { margin-block: 24px 8px; font-size: 17px; }
table { inline-size: 100%; border-collapse: collapse; }
th, td { padding: 6px 8px; border-block-end: 1px solid #d3dae4; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
td.number, th.number { text-align: end; white-space: nowrap; }
code, pre { font-family: ui-monospace, monospace; font-size: 12px; overflow-wrap: anywhere; white-space: pre-wrap; }
pre { padding: 8px; border: 1px solid #d3dae4; }
.state { font-weight: 700; }
.good { color: #1e6b41; }
.bad { color: #a3241f; }
.sign td { block-size: 64px; inline-size: 33%; }
@media print { body { margin: 0; } .screen { display: none; } table, pre { break-inside: auto; } tr { break-inside: avoid; } @page { margin: 18mm; } }
`;

interface Page {
  certificate: Certificate;
  /** The hash that was stored when it was made. */
  hash: string;
  undoneAt: string | null;
  language: Language;
}

/** A certificate as a page that prints on paper or as PDF, in the reader's language, with what proves it (N5). */
export function certificatePage({ certificate, hash, undoneAt, language }: Page): string {
  const tell = (text: Said, values: Record<string, string | number> = {}) => shown(say(text, language, values));
  const kind = (name: string): string => say(KINDS[name] ?? { 'zh-CN': name, 'en-US': name }, language);
  const moment = (iso: string): string =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'medium', timeZone: 'Asia/Shanghai' }).format(new Date(iso));
  const person = (one: Certificate['by']): string =>
    one
      ? shown(
          [one.name || one.id, one.employee_no ? say(CERTIFICATE.employee, language, { number: one.employee_no }) : '']
            .filter(Boolean)
            .join(' · '),
        )
      : '—';
  const fact = (label: Said, value: string): string => `<tr><th scope="row">${tell(label)}</th><td>${value}</td></tr>`;
  const counted = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, rows]) => `<tr><td>${shown(kind(name))}</td><td class="number">${rows.toLocaleString(language)}</td></tr>`)
      .join('');
  const condition = ({ collection, where }: Certificate['rules'][number]): string => {
    if (where) return `<code>${shown(JSON.stringify(where))}</code>`;
    return collection ? tell(CERTIFICATE.all, { kind: kind(collection) }) : tell(CERTIFICATE.everything);
  };
  const rules = certificate.rules
    .map((rule, place) => {
      const rows = Object.entries(rule.roots).map(([name, count]) => `${shown(kind(name))} ${count.toLocaleString(language)}`);
      return `<tr><td>${place + 1}</td><td>${person(rule.to)}</td><td>${condition(rule)}</td><td class="number">${rows.join('<br>') || '0'}</td></tr>`;
    })
    .join('');
  const isTrue = hashOf(certificate) === hash;
  const heads = (...labels: Said[]): string => `<tr>${labels.map((label) => `<th scope="col">${tell(label)}</th>`).join('')}</tr>`;
  const left = Object.keys(certificate.left).length
    ? `<h2>${tell(CERTIFICATE.left)}</h2><table><tbody>${counted(certificate.left)}</tbody></table>`
    : '';
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${tell(CERTIFICATE.title)}</title><style>${STYLE}</style></head>
<body>
<main>
<h1>${tell(CERTIFICATE.title)}</h1>
<p>${tell(CERTIFICATE.intro)}</p>
${undoneAt ? `<p class="state bad">${tell(CERTIFICATE.undone, { at: moment(undoneAt) })}</p>` : ''}
<table><tbody>
${fact(CERTIFICATE.number, `<code>${shown(certificate.id)}</code>`)}
${fact(CERTIFICATE.segment, shown(`${certificate.segment.code} ${certificate.segment.name}`))}
${fact(CERTIFICATE.from, person(certificate.from))}
${fact(CERTIFICATE.by, person(certificate.by))}
${fact(CERTIFICATE.reason, shown(certificate.reason ?? '—'))}
${fact(CERTIFICATE.asked, shown(moment(certificate.asked_at)))}
${fact(CERTIFICATE.finished, shown(moment(certificate.finished_at)))}
</tbody></table>
<h2>${tell(CERTIFICATE.rules)}</h2>
<table><thead><tr><th scope="col">#</th><th scope="col">${tell(CERTIFICATE.to)}</th><th scope="col">${tell(CERTIFICATE.condition)}</th><th scope="col" class="number">${tell(CERTIFICATE.rows)}</th></tr></thead><tbody>${rules}</tbody></table>
<h2>${tell(CERTIFICATE.moved)}</h2>
<table><tbody>${counted(certificate.moved)}<tr><th scope="row">${tell(CERTIFICATE.total)}</th><td class="number">${certificate.total.toLocaleString(language)}</td></tr></tbody></table>
${left}
<h2>${tell(CERTIFICATE.sign)}</h2>
<table class="sign"><thead>${heads(CERTIFICATE.from, CERTIFICATE.to, CERTIFICATE.by)}</thead><tbody><tr><td></td><td></td><td></td></tr></tbody></table>
<h2>${tell(CERTIFICATE.hash)}</h2>
<p><code id="hash">${shown(hash)}</code> <span class="state ${isTrue ? 'good' : 'bad'}">${tell(isTrue ? CERTIFICATE.verified : CERTIFICATE.broken)}</span></p>
<details class="screen"><summary>${tell(CERTIFICATE.data)}</summary><p>${tell(CERTIFICATE.verify)}</p><pre id="data">${shown(canonical(certificate))}</pre></details>
</main>
</body>
</html>
`;
}
