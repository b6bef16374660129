import { stableId } from '../../ids.ts';
import type { Chance } from '../chance.ts';
import { HOBBIES, inventMobile, inventPersonName, POSTS } from '../names/people.ts';
import { addDays, workingDayUpTo, type Day } from '../workdays.ts';
import type { ContactDraft, CustomerDraft } from './rows.ts';

const FOREIGN_PEOPLE = [
  'Anna Lindqvist',
  'Marco Bianchi',
  'Kenji Takamori',
  'Sofia Alvarez',
  'Thomas Hartmann',
  'Emily Clarke',
  'Jan de Vries',
  'Minji Seo',
] as const;

function inventPhone(customer: CustomerDraft, chance: Chance): string {
  // A Dutch mobile range: valid in shape, and of the one foreign format that the demo needs.
  return customer.kind === 'foreign' ? `+3161${String(chance.integer(0, 9_999_999)).padStart(7, '0')}` : inventMobile(chance);
}

function planContact(number: number, customer: CustomerDraft, isPrimary: boolean, today: Day, chance: Chance): ContactDraft {
  const post = chance.weighted(POSTS);
  const isPerson = customer.kind === 'person';
  const isSelf = isPerson && isPrimary;
  return {
    id: stableId(`demo:contact:${number}`),
    customer: customer.id,
    name: isSelf ? customer.name : customer.kind === 'foreign' ? chance.pick(FOREIGN_PEOPLE) : inventPersonName(chance),
    position: isSelf ? '本人' : isPerson ? '家属' : post.title,
    phone: isSelf ? (customer.phone ?? inventPhone(customer, chance)) : inventPhone(customer, chance),
    email: isPrimary || chance.happens(0.6) ? `lxr${String(number).padStart(5, '0')}@example.com` : null,
    wechat: chance.happens(0.45) ? `wx_${chance.integer(100_000, 9_999_999)}` : null,
    is_decision_maker: isSelf || (!isPerson && post.decides) || (isPrimary && customer.class === 'key'),
    is_primary: isPrimary,
    hobbies: chance.happens(0.3) ? chance.sample(HOBBIES, chance.integer(1, 2)).join('、') : null,
    last_verified_on: chance.happens(0.5) ? workingDayUpTo(addDays(today, -chance.integer(4, 300))) : null,
    status: !isPrimary && chance.happens(0.04) ? 'archived' : 'active',
    owner: customer.owner,
    segment: customer.segment,
    date_created: customer.date_created,
    user_created: customer.owner,
  };
}

/** The people of every customer, the main contact first; key customers have at least two (CUS-4). */
export function planContacts(customers: readonly CustomerDraft[], today: Day, chance: Chance): ContactDraft[] {
  const contacts: ContactDraft[] = [];
  for (const customer of customers) {
    const least = customer.class === 'key' ? 2 : 1;
    const count =
      customer.kind === 'person'
        ? least
        : Math.max(
            least,
            chance.weighted([
              [1, 28],
              [2, 42],
              [3, 21],
              [4, 9],
            ]),
          );
    for (let index = 0; index < count; index += 1) contacts.push(planContact(contacts.length + 1, customer, index === 0, today, chance));
  }
  return contacts;
}
