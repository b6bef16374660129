/** What the management documents ask of the data itself, by requirement id. */
import { describe, expect, it } from 'vitest';
import { COLLECTIONS } from '../extensions/crm/src/kernel/collections.ts';

const field = (collection: string, name: string) => COLLECTIONS[collection]?.fields[name];
const choices = (collection: string, name: string) => field(collection, name)?.choices;

describe('the model holds what the documents ask for', () => {
  it('CUS-9, CUS-10, Q3: class and grade are two axes of their own', () => {
    expect(choices('crm_customers', 'class')).toEqual(['key', 'general', 'potential']);
    expect(choices('crm_customers', 'grade')).toEqual(['A', 'B', 'C']);
    expect(field('crm_customers', 'grade')?.notNull).toBe(false);
  });

  it('CUS-3: a contact has hobbies, marked as personal data', () => {
    expect(field('crm_contacts', 'hobbies')).toMatchObject({ personal: true });
  });

  it('CUS-8: customers and contacts know when they were last verified', () => {
    for (const collection of ['crm_customers', 'crm_contacts']) expect(field(collection, 'last_verified_on')?.type).toBe('date');
  });

  it('CUS-11: a customer lists contacts, leads, opportunities, activities and orders', () => {
    expect(Object.keys(COLLECTIONS['crm_customers']!.lists)).toEqual(
      expect.arrayContaining(['contacts', 'leads', 'opportunities', 'activities', 'orders']),
    );
  });

  it('SAL-1: a lead goes from new to converted or lost, and can say why it was lost', () => {
    expect(choices('crm_leads', 'status')).toEqual(['new', 'qualified', 'allocated', 'following', 'converted', 'lost']);
    expect(field('crm_leads', 'lost_reason')).toBeDefined();
  });

  it('SAL-14, USE-3: an activity is a call, mail, visit, meeting, message, task or "no change"', () => {
    expect([...(choices('crm_activities', 'type') ?? [])].sort()).toEqual(
      ['call', 'mail', 'meeting', 'message', 'no_change', 'task', 'visit'].sort(),
    );
  });

  it('ORG-10: a person has a team, and a team belongs to one segment', () => {
    expect(COLLECTIONS['crm_teams']).toMatchObject({ tenancy: 'segmental' });
    expect(field('crm_teams', 'segment')).toMatchObject({ notNull: true });
  });

  it('KPI-1: targets stand per person and period', () => {
    expect(field('crm_targets', 'user')?.relation?.to).toBe('directus_users');
    expect(field('crm_targets', 'period')).toBeDefined();
    expect(field('crm_targets', 'amount')?.type).toBe('decimal');
  });
});
