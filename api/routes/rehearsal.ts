import { Type, type Static } from '@fastify/type-provider-typebox';
import { loadPlan, previewOpenings } from '../../db/plans/preview.ts';
import { BUREAU, NOTICE_KINDS, ROLES } from '../../domain/decider.ts';
import { ASSUMPTIONS } from '../../domain/rehearsal/rehearse.ts';
import { rehearsedItem, type RehearsedItem } from '../../domain/rehearsal/rehearsed-item.ts';
import { naturalDaysBetween } from '../../domain/working-time/civil-date.ts';
import { atTimeMs, civilDate } from '../../domain/working-time/instants.ts';
import type { App } from '../app-type.ts';
import { planErrors } from '../plan-errors.ts';
import { Problem } from '../problem.ts';
import { rehearseApart } from '../rehearse-apart.ts';
import { CivilDateSchema, codes, IdParams, InstantSchema, StringOrNull } from '../schemas.ts';

const LONGEST_DAYS = 366 * 6;

const Item = Type.Object({
  at: InstantSchema,
  kind: codes(NOTICE_KINDS),
  task: StringOrNull,
  path: Type.Array(Type.String()),
  to: Type.String({ description: '部门和岗位' }),
  department: Type.String(),
  role: codes(ROLES),
  detail: Type.String(),
  entity: Type.String(),
});
const Rehearsed = Type.Object(
  {
    from: CivilDateSchema,
    to: CivilDateSchema,
    assume: codes(ASSUMPTIONS),
    items: Type.Array(Item, { description: '按时间先后' }),
  },
  { title: 'Rehearsal' },
);

const Query = Type.Object(
  {
    from: Type.Optional(Type.String({ format: 'date', description: '启用日，默认今天（已发布的为其启用日）' })),
    to: Type.Optional(Type.String({ format: 'date', description: '含当天；默认一年后' })),
    assume: Type.Optional(codes(ASSUMPTIONS, '假定无人作为（默认），或都按时完成')),
  },
  { additionalProperties: false },
);

/** What a plan will cause before it goes live: every reminder, report request, escalation and evaluation date. */
export async function rehearsalRoutes(app: App): Promise<void> {
  planErrors(app);

  app.get(
    '/api/plans/:id/rehearsal',
    {
      schema: {
        tags: ['plans'],
        summary: '预演：计划启用后会发出的全部提醒、月报通知、逾期上报和评估节点',
        params: IdParams,
        querystring: Query,
        response: { 200: Rehearsed },
      },
    },
    async (request) => rehearsal(app, request.params.id, request.query),
  );

  app.post(
    '/api/plans/:id/rehearsal',
    {
      config: { withoutIdempotencyKey: true },
      schema: {
        tags: ['plans'],
        summary: '预演（参数在请求体中）；不写入',
        params: IdParams,
        body: Query,
        response: { 200: Rehearsed },
      },
    },
    async (request) => rehearsal(app, request.params.id, request.body),
  );
}

async function rehearsal(app: App, planId: string, query: Static<typeof Query>): Promise<Static<typeof Rehearsed>> {
  const { db, clock } = app.deps;
  const loaded = await loadPlan(db, planId);
  const from = query.from ?? loaded.plan.goLive ?? civilDate(clock.now());
  const to = query.to ?? `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`.replace('-02-29', '-02-28');
  const days = naturalDaysBetween(from, to);
  if (days < 0) throw new Problem(422, 'bad-range', `终止日期${to}早于启用日${from}`, { field: 'to' });
  if (days > LONGEST_DAYS) throw new Problem(422, 'bad-range', '一次最多预演六年', { field: 'to' });
  const { assume = 'silence' } = query;
  const openings = await previewOpenings(db, loaded, from, clock.now(), to);
  const { tasks, sheets, evaluations } = openings;
  const sent = await rehearseApart({ tasks, sheets, evaluations, openedAt: atTimeMs(from, '00:00'), from, to, assume });
  const items = new Map(loaded.items.map((item) => [item.id, item.content]));
  const name = (department: string): string => (department === BUREAU ? '全局' : loaded.nameOf(department));
  return {
    from,
    to,
    assume,
    items: sent.map((each) => shown(rehearsedItem(each, (id) => items.get(id) ?? null, name))),
  };
}

function shown({ data: _data, ...item }: RehearsedItem): Static<typeof Item> {
  return item;
}
