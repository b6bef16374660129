import { stableId } from '../../ids.ts';
import type { Chance } from '../chance.ts';
import { inventCreditCode } from '../credit-code.ts';
import { inventCompanyName, inventForeignName, inventInstitutionName, inventShopName, TRADES, type TradeName } from '../names/companies.ts';
import type { SegmentPlan } from '../names/organisation.ts';
import { FOREIGN_ADDRESSES } from '../names/foreign.ts';
import { inventLandline, inventMobile, inventPersonName } from '../names/people.ts';
import { PLACES, ROADS, type Place } from '../names/places.ts';
import { fill, HISTORIES, NEEDS } from '../names/texts.ts';
import { addDays, instantAt, workingDayUpTo, type Day } from '../workdays.ts';
import type { CustomerDraft, Reference } from './rows.ts';

export interface CustomerContext {
  today: Day;
  reference: Reference;
  segment: SegmentPlan & { id: string };
  owner: string;
  /** The last day on which the owner worked: today, or the day on which they left. */
  until: Day;
  chance: Chance;
}

type Kind = CustomerDraft['kind'];

const KINDS: readonly (readonly [Kind, number])[] = [
  ['company', 86],
  ['institution', 5],
  ['sole_trader', 4],
  ['person', 2],
  ['foreign', 3],
];
const CLASSES: readonly (readonly [CustomerDraft['class'], number])[] = [
  ['key', 15],
  ['general', 50],
  ['potential', 35],
];
const GRADES = {
  key: [
    ['A', 72],
    ['B', 24],
    ['C', 4],
  ],
  general: [
    ['A', 12],
    ['B', 52],
    ['C', 36],
  ],
  potential: [
    ['B', 26],
    ['C', 52],
    [null, 22],
  ],
} as const;
const SOURCES: readonly (readonly [NonNullable<CustomerDraft['source']>, number])[] = [
  ['own', 34],
  ['company', 18],
  ['referral', 16],
  ['exhibition', 10],
  ['website', 9],
  ['phone', 5],
  ['tender', 7],
  ['other', 1],
];

/** The city's row, or the whole municipality where the table has no city below it (Beijing, Shanghai …). */
export function regionOf(place: Place, { regions }: Reference): string | null {
  return regions.get(place.code) ?? regions.get(`${place.code.slice(0, 2)}0000`) ?? null;
}

export function pickPlace(segment: SegmentPlan, chance: Chance): Place {
  const home = PLACES.filter((place) => segment.cities.includes(place.code));
  return chance.pick(chance.happens(0.7) ? home : PLACES);
}

function inventName(kind: Kind, place: Place, trade: TradeName, chance: Chance): { name: string; short: string | null } {
  if (kind === 'company') return inventCompanyName(place.name, TRADES[trade], chance);
  if (kind === 'institution') return inventInstitutionName(place.name, chance);
  if (kind === 'sole_trader') return inventShopName(place.name, chance.pick(place.districts), chance);
  if (kind === 'foreign') return inventForeignName(chance);
  return { name: inventPersonName(chance), short: null };
}

const REGISTRATION = { company: '91', institution: '12', sole_trader: '92' } as const;

function inventSize(kind: Kind, isKey: boolean, chance: Chance): { employees: number; annual_revenue: number } {
  const base =
    kind === 'sole_trader' ? chance.integer(2, 12) : Math.round(12 * 10 ** (chance.next() * (isKey ? 2.4 : 1.7)) + (isKey ? 150 : 0));
  return { employees: base, annual_revenue: Math.round((base * chance.integer(28, 120)) / 10) * 100_000 };
}

/** What a rep has entered only in part: fields that a draft still lacks (Q19). */
const OFTEN_MISSING = ['industry', 'needs', 'address', 'employees', 'annual_revenue', 'phone', 'region', 'postcode', 'source'] as const;

function forget(customer: CustomerDraft, chance: Chance): void {
  const draft = customer as Partial<Record<(typeof OFTEN_MISSING)[number], null>>;
  for (const field of chance.sample(OFTEN_MISSING, chance.integer(3, 6))) draft[field] = null;
}

/** One customer as a rep would have entered it some time in the last two years; state and dates of work come later. */
export function planCustomer(number: number, { today, until, reference, segment, owner, chance }: CustomerContext): CustomerDraft {
  const kind = chance.weighted(KINDS);
  const klass = chance.weighted(CLASSES);
  const place = pickPlace(segment, chance);
  const trade = chance.pick(segment.trades);
  const { name, short } = inventName(kind, place, trade, chance);
  const created = workingDayUpTo(addDays(until, -chance.integer(3, 730)));
  const registration = kind in REGISTRATION ? REGISTRATION[kind as keyof typeof REGISTRATION] : null;
  const isForeign = kind === 'foreign';
  const size = kind === 'person' ? { employees: null, annual_revenue: null } : inventSize(kind, klass === 'key', chance);
  const offer = chance.pick(segment.offers).name;

  const customer: CustomerDraft = {
    id: stableId(`demo:customer:${number}`),
    name,
    short_name: short,
    kind,
    class: klass,
    grade: chance.weighted<'A' | 'B' | 'C' | null>(GRADES[klass]),
    status: 'draft',
    source: chance.weighted(SOURCES),
    industry: kind === 'person' ? null : (reference.industries.get(TRADES[trade].division) ?? null),
    region: isForeign ? null : regionOf(place, reference),
    uscc: registration ? inventCreditCode(registration, place.code, chance) : null,
    ...size,
    phone: kind === 'person' ? inventMobile(chance) : isForeign ? null : inventLandline(place.area, chance),
    website: kind === 'company' && chance.happens(0.35) ? `https://www.c${String(number).padStart(5, '0')}.example.com` : null,
    address: isForeign
      ? chance.pick(FOREIGN_ADDRESSES)
      : `${place.name}市${chance.pick(place.districts)}${chance.pick(ROADS)}${chance.integer(1, 688)}号`,
    postcode: isForeign ? null : place.postcode,
    needs: fill(chance.pick(NEEDS), { offer, city: place.name }),
    cooperation_history: klass === 'key' ? fill(chance.pick(HISTORIES), { number: String(chance.integer(2, 14)) }) : null,
    parent: null,
    last_verified_on: chance.happens(0.6) ? workingDayUpTo(addDays(today, -chance.integer(5, 320))) : null,
    owner,
    segment: segment.id,
    date_created: instantAt(created, chance.integer(8, 17), chance.integer(0, 59)).toISOString(),
    user_created: owner,
  };
  if (chance.happens(0.13)) forget(customer, chance);
  return customer;
}

/** The same organisation entered a second time, written a little differently: food for the duplicate scan (DQ-5). */
export function planDuplicate(number: number, original: CustomerDraft, { today, segment, owner, chance }: CustomerContext): CustomerDraft {
  const variants = [
    original.name.replace(/^(.{2,4}?)市?(?=.{4})/u, (city) => (city.endsWith('市') ? city.slice(0, -1) : `${city}市`)),
    original.name.replace('有限公司', '有限责任公司'),
    original.name.replace('有限公司', ''),
    original.name,
  ];
  const created = workingDayUpTo(addDays(today, -chance.integer(3, 200)));
  return {
    ...original,
    id: stableId(`demo:customer:${number}`),
    name: chance.pick(variants),
    uscc: chance.happens(0.4) ? (original.uscc ?? null) : null,
    class: 'potential',
    grade: null,
    parent: null,
    cooperation_history: null,
    last_verified_on: null,
    owner,
    segment: segment.id,
    date_created: instantAt(created, chance.integer(8, 17), chance.integer(0, 59)).toISOString(),
    user_created: owner,
  };
}
