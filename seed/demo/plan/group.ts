import { GROUP_COMPANY_ID, GROUP_SEGMENT_ID } from '../../../extensions/crm/src/kernel/roles.ts';
import { stableId } from '../../ids.ts';
import { COMPANIES, POOL_CODE, SEGMENTS, TEAMS, type CompanyKey } from '../names/organisation.ts';
import type { CompanyDraft, ProductDraft, SegmentDraft, TeamDraft } from './rows.ts';

export function companyId(key: CompanyKey): string {
  return key === 'holding' ? GROUP_COMPANY_ID : stableId(`demo:company:${key}`);
}

export function segmentId(code: string): string {
  return code === POOL_CODE ? GROUP_SEGMENT_ID : stableId(`demo:segment:${code}`);
}

export function teamId(segment: string, index: number): string {
  return stableId(`demo:team:${segment}:${index}`);
}

/** The company behind a segment; the pool belongs to the group's own. */
export function companyOf(segment: string): CompanyKey {
  return SEGMENTS.find((plan) => plan.code === segment)?.company ?? 'holding';
}

export interface GroupPlan {
  companies: CompanyDraft[];
  segments: SegmentDraft[];
  teams: TeamDraft[];
  products: (ProductDraft & { segment: string })[];
}

/** 8 companies, 10 segments and the pool (ORG-1, Q21), two teams a segment, and what each segment sells. */
export function planGroup(): GroupPlan {
  const pool = {
    id: segmentId(POOL_CODE),
    code: POOL_CODE,
    name: '集团本部（公海）',
    company: companyId('holding'),
    is_group_pool: true,
    sort: 0,
  };
  return {
    companies: COMPANIES.map(({ key, name, short }) => ({ id: companyId(key), name, short_name: short })),
    segments: [
      pool,
      ...SEGMENTS.map(({ code, name, company }, index) => ({
        id: segmentId(code),
        code,
        name,
        company: companyId(company),
        is_group_pool: false,
        sort: index + 1,
      })),
    ].map((row) => ({ ...row, timezone: 'Asia/Shanghai', allocation_needs_approval: false, active: true })),
    teams: SEGMENTS.flatMap(({ code, name }) =>
      TEAMS.map((team, index) => ({ id: teamId(code, index), name: `${name.replace('版块', '')}${team}`, segment: segmentId(code) })),
    ),
    products: SEGMENTS.flatMap(({ code, offers }) =>
      offers.map((offer, index) => ({
        id: stableId(`demo:product:${code}:${index}`),
        code: `${code.toUpperCase()}-P${index + 1}`,
        name: offer.name,
        unit: offer.unit,
        price: offer.price,
        active: true,
        segment: segmentId(code),
      })),
    ),
  };
}
