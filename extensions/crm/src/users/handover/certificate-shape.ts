export interface CertifiedPerson {
  id: string;
  name: string;
  employee_no: string | null;
}

/** What a certificate states: everything that its hash is of (N5). */
export interface Certificate {
  kind: 'handover';
  version: 1;
  id: string;
  segment: { code: string; name: string };
  from: CertifiedPerson;
  by: CertifiedPerson | null;
  reason: string | null;
  asked_at: string;
  finished_at: string;
  rules: { to: CertifiedPerson; collection: string | null; where: unknown; roots: Record<string, number> }[];
  moved: Record<string, number>;
  left: Record<string, number>;
  total: number;
}
