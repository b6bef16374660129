/** What one line of bytes looks like when it is read as UTF-8 and as GB18030 at the same time. */
export interface ByteForms {
  hasHigh: boolean;
  utf8: boolean;
  gb: boolean;
  /** Chinese characters, their punctuation and full-width forms as UTF-8 would have them. */
  utf8Han: number;
  /** Characters outside the everyday zone of GB2312 as GB18030 would have them. */
  gbRare: number;
}

export interface ByteReader {
  push(byte: number): void;
  /** The forms of the line that ends here, and a fresh start; a character cut by the end belongs to neither form. */
  endLine(): ByteForms;
}

const [HIGH, LINE_FEED] = [0x80, 0x0a];

/** Reads bytes by both grammars side by side: RFC 3629 without overlong forms and surrogates, GB 18030 with four-byte characters. */
export function byteReader(): ByteReader {
  let forms = fresh();
  let need = 0;
  let low = 0x80;
  let high = 0xbf;
  let lead = 0;
  let gbPlace = 0;
  let gbLead = 0;

  function pushUtf8(byte: number): void {
    if (need) {
      if (byte < low || byte > high) {
        forms.utf8 = false;
        need = 0;
        return;
      }
      low = 0x80;
      high = 0xbf;
      need -= 1;
      if (!need && isHanLead(lead)) forms.utf8Han += 1;
      return;
    }
    if (byte < HIGH) return;
    need = utf8Need(byte);
    lead = byte;
    if (!need) forms.utf8 = false;
    if (byte === 0xe0) low = 0xa0;
    if (byte === 0xed) high = 0x9f;
    if (byte === 0xf0) low = 0x90;
    if (byte === 0xf4) high = 0x8f;
  }

  function pushGb(byte: number): void {
    const isTrail = (byte >= 0x40 && byte <= 0x7e) || (byte >= 0x80 && byte <= 0xfe);
    const isDigit = byte >= 0x30 && byte <= 0x39;
    const isLead = byte >= 0x81 && byte <= 0xfe;
    if (gbPlace === 0) {
      if (byte === 0xff) forms.gb = false;
      if (isLead) {
        gbPlace = 1;
        gbLead = byte;
      }
    } else if (gbPlace === 1 && isTrail) {
      gbPlace = 0;
      if (!isEveryday(gbLead, byte)) forms.gbRare += 1;
    } else if (gbPlace === 1 && isDigit) gbPlace = 2;
    else if (gbPlace === 2 && isLead) gbPlace = 3;
    else if (gbPlace === 3 && isDigit) {
      gbPlace = 0;
      forms.gbRare += 1;
    } else {
      forms.gb = false;
      gbPlace = 0;
    }
  }

  return {
    push(byte) {
      if (byte >= HIGH) forms.hasHigh = true;
      else if (!need && !gbPlace) return;
      pushUtf8(byte);
      pushGb(byte);
    },
    endLine() {
      const ended = forms;
      if (need) ended.utf8 = false;
      if (gbPlace) ended.gb = false;
      forms = fresh();
      need = gbPlace = 0;
      low = 0x80;
      high = 0xbf;
      return ended;
    },
  };
}

export const isLineFeed = (byte: number): boolean => byte === LINE_FEED;

const fresh = (): ByteForms => ({ hasHigh: false, utf8: true, gb: true, utf8Han: 0, gbRare: 0 });

function utf8Need(byte: number): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 1;
  if (byte >= 0xe0 && byte <= 0xef) return 2;
  return byte >= 0xf0 && byte <= 0xf4 ? 3 : 0;
}

/** U+3000 to U+9FFF, the full-width forms, and the planes of rare characters. */
const isHanLead = (lead: number): boolean => (lead >= 0xe3 && lead <= 0xe9) || lead === 0xef || lead === 0xf0;

const isEveryday = (lead: number, trail: number): boolean =>
  trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xf7));
