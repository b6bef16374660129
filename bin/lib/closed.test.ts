import { describe, expect, it } from 'vitest';
import { closedFor, closedPaths, closedText } from './closed.mjs';

const closed = JSON.stringify({ status: 'closed', because: [{ kind: 'rule_wider', path: 'sales_rep.crm_customers.read' }] });
const starting = JSON.stringify({ status: 'starting', because: [] });

describe('a CRM that its doctor keeps closed (F1)', () => {
  /** Answers, one a second. */
  const seen = (...bodies: string[]) => {
    let second = 0;
    const isEnough = closedFor(2, () => second * 1000);
    return bodies.map((body) => {
      const outcome = isEnough(503, body);
      second += 1;
      return outcome;
    });
  };

  it('is up once it has been closed for a while', () => {
    expect(seen(closed, closed, closed)).toEqual([false, false, true]);
  });

  it('is not taken for one that starts, nor for one that was closed for a moment', () => {
    expect(seen(starting, starting, starting, starting)).toEqual([false, false, false, false]);
    expect(seen(closed, starting, closed, closed)).toEqual([false, false, false, false]);
    expect(seen('<html>bad gateway</html>', '', 'null')).toEqual([false, false, false]);
  });

  it('says what keeps it closed and how to repair it', () => {
    const text = closedText(closedPaths(closed));
    expect(text).toContain('sales_rep.crm_customers.read (rule_wider)');
    expect(text).toContain('npm run doctor -- --repair');
    expect(closedPaths(JSON.stringify({ status: 'ok' }))).toEqual([]);
  });
});
