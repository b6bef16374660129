/** UTF-16BE as hexadecimal digits: how a PDF text names Chinese characters under the UniGB-UCS2-H encoding. */
function toHex(text: string): string {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, '0')).join('');
}

/**
 * A one-page PDF (A4) with lines of Chinese or Latin text in the reader's own Song typeface: small, real, and readable
 * in every viewer without an embedded font.
 */
export function toPdf(lines: readonly string[]): Uint8Array {
  const text = lines.map((line, index) => `BT /F1 ${index === 0 ? 18 : 11} Tf 60 ${780 - index * 26} Td <${toHex(line)}> Tj ET`).join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 6 0 R >>',
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return new TextEncoder().encode(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}${trailer}`);
}

/** A table as CSV with the mark that lets spreadsheet programs see UTF-8. */
export function toCsv(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  return new TextEncoder().encode(`\u{FEFF}${rows.map((row) => row.join(',')).join('\r\n')}\r\n`);
}
