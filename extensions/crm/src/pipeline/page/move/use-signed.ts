import { useApi } from '@directus/extensions-sdk';
import { ref, type Ref } from 'vue';
import { typedValue } from './field-kinds.ts';

export interface Signed {
  collection: 'crm_orders' | 'crm_contracts';
  id: string;
  number: string | null;
  amount: string | number | null;
}

export interface NewOrder {
  number: string;
  amount: string;
  signed_on: string;
}

/** Signed orders and contracts of the customer that belong to no opportunity yet, and the way to give one to it (SAL-7). */
export function useSigned(): {
  found: Ref<Signed[]>;
  look(customer: string | null): Promise<void>;
  link(signed: Signed, opportunity: string): Promise<void>;
  enter(order: NewOrder, opportunity: string, customer: string | null): Promise<void>;
} {
  const api = useApi();
  const found = ref<Signed[]>([]);
  const listOf = async (collection: Signed['collection'], customer: string): Promise<Signed[]> => {
    const filter = {
      customer: { _eq: customer },
      opportunity: { _null: true },
      signed_on: { _nnull: true },
      status: { _neq: 'cancelled' },
    };
    const params = { filter: JSON.stringify(filter), fields: 'id,number,amount', sort: '-signed_on', limit: 25 };
    const { data } = await api.get<{ data: Omit<Signed, 'collection'>[] }>(`/items/${collection}`, { params });
    return data.data.map((row) => ({ ...row, collection }));
  };
  return {
    found,
    async look(customer) {
      if (!customer) return;
      const lists = await Promise.all([listOf('crm_orders', customer), listOf('crm_contracts', customer)]).catch(() => []);
      found.value = lists.flat();
    },
    async link({ collection, id }, opportunity) {
      await api.patch(`/items/${collection}/${id}`, { opportunity });
    },
    async enter({ number, amount, signed_on }, opportunity, customer) {
      await api.post('/items/crm_orders', {
        number: typedValue('line', number),
        amount: typedValue('number', amount),
        signed_on,
        opportunity,
        ...(customer ? { customer } : {}),
      });
    },
  };
}
