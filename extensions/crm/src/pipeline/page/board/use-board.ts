import { useApi } from '@directus/extensions-sdk';
import { computed, reactive, ref, type ComputedRef, type Ref } from 'vue';
import { createTurns } from '../../../platform/app/turns.ts';
import { messageOf, statusOf, type ViewState } from '../../../platform/app/use-crm-api.ts';
import { daysAgo } from '../days.ts';
import { stageSetOf, type Stage, type StageSet } from '../../rules/stage-set.ts';
import { CARD_FIELDS, CLOSED_FOR, columnsOf, filterOf, ofStage, type Card, type Total, type Wanted } from './board-rows.ts';

export interface Column {
  stage: Stage;
  cards: Card[];
  total: Total;
  state: 'loading' | 'ready' | 'error';
  page: number;
}

interface Group {
  stage: string;
  count: number | string | Record<string, number | string>;
  sum: { amount: number | string | null };
}

export interface Board {
  columns: Ref<Column[]>;
  /** The way of the segment's opportunities, by which a move is judged before the server does. */
  set: Ref<StageSet>;
  state: Ref<ViewState>;
  message: Ref<string>;
  isEmpty: ComputedRef<boolean>;
  load(): Promise<void>;
  more(column: Column): Promise<void>;
  /** Reads columns again without taking away what is shown. */
  refresh(stages: readonly string[]): Promise<void>;
}

const PAGE = 25;
const STATES: Readonly<Record<number, ViewState>> = { 401: 'signed_out', 403: 'forbidden' };
const countOf = (count: Group['count']): number => Number(typeof count === 'object' ? Object.values(count)[0] : count);

/** The opportunities of a segment by stage, with the rights of whoever looks: every row and every sum comes through the host. */
export function useBoard(wanted: () => Wanted): Board {
  const api = useApi();
  const columns = ref<Column[]>([]) as Ref<Column[]>;
  const set = ref<StageSet>({ open: [], won: [], lost: [] }) as Ref<StageSet>;
  const state = ref<ViewState>('loading');
  const message = ref('');
  const turns = createTurns();
  /** Columns of which a further page is under way. */
  const reading = new Set<Column>();
  const since = (): string => daysAgo(CLOSED_FOR, new Date());

  const read = async <T>(path: string, params: Record<string, unknown>): Promise<T[]> =>
    (await api.get<{ data: T[] }>(`/items/${path}`, { params })).data.data;

  const readStages = async (segment: string): Promise<Stage[]> => {
    const filter = segment ? { _or: [{ segment: { _null: true } }, { segment: { _eq: segment } }] } : { segment: { _null: true } };
    const fields = 'id,key,name,outcome,color,active,sort,segment';
    return read<Stage>('crm_stages', { filter: JSON.stringify(filter), fields, sort: 'sort,id', limit: 200 });
  };

  async function readTotals(asked: Wanted, stages: readonly Stage[]): Promise<Map<string, Total>> {
    const closed = stages.filter(({ outcome }) => outcome !== 'open').map(({ id }) => id);
    const isOpen = closed.length ? [{ stage: { _nin: closed } }] : [];
    const isClosed = [{ stage: { _in: closed } }, { closed_on: { _gte: since() } }];
    const grouped = (more: Record<string, unknown>[]): Promise<Group[]> =>
      read<Group>('crm_opportunities', {
        'aggregate[count]': 'id',
        'aggregate[sum]': 'amount',
        groupBy: 'stage',
        filter: JSON.stringify(filterOf(asked, more)),
        limit: 500,
      });
    const groups = await Promise.all([grouped(isOpen), closed.length ? grouped(isClosed) : []]);
    return new Map(groups.flat().map(({ stage, count, sum }) => [stage, { count: countOf(count), sum: Number(sum.amount ?? 0) }]));
  }

  const readCards = (asked: Wanted, stage: Stage, page: number, limit = PAGE): Promise<Card[]> =>
    read<Card>('crm_opportunities', {
      filter: JSON.stringify(filterOf(asked, ofStage(stage, since()))),
      fields: CARD_FIELDS,
      sort: '-stage_entered_at,id',
      limit,
      page,
    });

  async function fill(column: Column, isWanted: () => boolean): Promise<void> {
    column.state = 'loading';
    try {
      const cards = column.total.count ? await readCards(wanted(), column.stage, 1) : [];
      if (!isWanted()) return;
      column.cards = cards;
      column.page = 1;
      column.state = 'ready';
    } catch {
      if (isWanted()) column.state = 'error';
    }
  }

  async function load(): Promise<void> {
    const isWanted = turns.load();
    state.value = columns.value.length ? state.value : 'loading';
    message.value = '';
    try {
      const asked = wanted();
      const stages = await readStages(asked.segment);
      const totals = await readTotals(asked, stages);
      if (!isWanted()) return;
      set.value = stageSetOf(stages, asked.segment);
      columns.value = columnsOf(stages, set.value, [...totals.keys()]).map((stage) =>
        reactive({ stage, cards: [], total: totals.get(stage.id) ?? { count: 0, sum: 0 }, state: 'loading' as const, page: 1 }),
      );
      state.value = columns.value.length ? 'ready' : 'empty';
      await Promise.all(columns.value.map((column) => fill(column, isWanted)));
    } catch (error) {
      if (!isWanted()) return;
      columns.value = [];
      message.value = messageOf(error);
      state.value = STATES[statusOf(error)] ?? 'error';
    }
  }

  async function more(column: Column): Promise<void> {
    // A second click asks for nothing: it would read the same page and pass over the next one.
    if (column.state === 'loading' || reading.has(column)) return;
    reading.add(column);
    const page = column.page + 1;
    const cards = await readCards(wanted(), column.stage, page).catch(() => null);
    reading.delete(column);
    // The board was read anew meanwhile, and this column is shown no longer.
    if (!columns.value.includes(column)) return;
    if (!cards) return void (column.state = 'error');
    const known = new Set(column.cards.map(({ id }) => id));
    column.cards.push(...cards.filter(({ id }) => !known.has(id)));
    column.page = page;
  }

  async function refresh(stages: readonly string[]): Promise<void> {
    const isWanted = turns.refresh();
    const asked = wanted();
    const touched = columns.value.filter(({ stage }) => stages.includes(stage.id));
    const fresh = await Promise.all([
      readTotals(
        asked,
        columns.value.map(({ stage }) => stage),
      ),
      Promise.all(touched.map((column) => readCards(asked, column.stage, 1, column.page * PAGE))),
    ]).catch(() => null);
    if (!fresh || !isWanted()) return;
    const [totals, cards] = fresh;
    for (const column of columns.value) column.total = totals.get(column.stage.id) ?? { count: 0, sum: 0 };
    touched.forEach((column, at) => {
      column.cards = cards[at] ?? [];
      column.state = 'ready';
    });
  }

  const isEmpty = computed(() => columns.value.every(({ total, state: one }) => total.count === 0 && one === 'ready'));
  return { columns, set, state, message, isEmpty, load, more, refresh };
}
