import { Type, type Static } from '@fastify/type-provider-typebox';
import { storeTaskPolicy, taskPolicies, taskPolicyIs, type StoredPolicy } from '../../db/policies.ts';
import { NOTICE_KINDS, ROLES } from '../../domain/decider.ts';
import type { TaskPolicy } from '../../domain/policy/policy.ts';
import { isoShanghai } from '../../domain/working-time/instants.ts';
import type { App } from '../app-type.ts';
import { PERMISSIONS } from '../permissions.ts';
import { requireRole } from '../plugins/session.ts';
import { Problem } from '../problem.ts';
import { codes, InstantOrNull, StringOrNull } from '../schemas.ts';

const Days = (description?: string) =>
  Type.Integer({ minimum: 1, maximum: 365, ...(description === undefined ? {} : { description }) });

const Rung = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9-]+$' }),
    days: Type.Integer({ minimum: -365, maximum: 365, description: '负数为到期前的自然日' }),
    unit: codes(['natural-days', 'working-days'] as const),
    to: Type.Array(
      Type.Object(
        { scope: codes(['department', 'bureau'] as const), role: codes(ROLES) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 10 },
    ),
    kind: codes(NOTICE_KINDS),
    draftsOrder: Type.Optional(Type.Boolean({ description: '同时拟督办单' })),
  },
  { additionalProperties: false },
);
const Ladder = Type.Array(Rung, { maxItems: 30 });

const Policy = Type.Object(
  {
    version: Type.String({ minLength: 1, maxLength: 40, pattern: '^[0-9A-Za-z.-]+$' }),
    source: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S', description: '依据' }),
    reminderTime: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }),
    claimWithinWorkingDays: Days('认领时限'),
    verifyWithinWorkingDays: Days('核查时限'),
    extensionDecisionWithinWorkingDays: Days('延期审批时限'),
    extensionLevels: Type.Array(codes(ROLES), { minItems: 1, maxItems: 5 }),
    supervisionReplyWithinWorkingDays: Days('督办回复时限'),
    takeover: Type.Object(
      { dueBeforeIssueWithin: Days(), dueBeforeGoLiveWithin: Days(), declaredDoneWithin: Days() },
      { additionalProperties: false },
    ),
    ladder: Ladder,
    claimLadder: Ladder,
    verifyLadder: Ladder,
    replyLadder: Ladder,
    subItemLadder: Ladder,
    sheet: Type.Object(
      {
        askFromDay: Type.Integer({ minimum: 1, maximum: 28 }),
        dueDay: Type.Integer({ minimum: 1, maximum: 28 }),
        ladder: Ladder,
      },
      { additionalProperties: false },
    ),
    evaluation: Type.Object(
      {
        startWorkingDaysBefore: Days(),
        asOf: codes(['end-of-month-before'] as const),
        selfAssessmentWithinWorkingDays: Days(),
      },
      { additionalProperties: false },
    ),
    lastPeriodDue: codes(['year-end', 'final-evaluation'] as const),
    retireAfterDays: Days(),
  },
  { additionalProperties: false, title: 'TaskPolicy' },
);

const Stored = Type.Object({
  version: Type.String(),
  source: Type.String(),
  enteredBy: StringOrNull,
  enteredAt: InstantOrNull,
  policy: Policy,
});

/** Limits, ladders and rhythms as versioned data. A new version holds for what opens after it; running tasks keep theirs. */
export async function policiesRoutes(app: App): Promise<void> {
  app.get(
    '/api/policies/task',
    {
      schema: {
        tags: ['policies'],
        summary: '任务口径的各个版本，新的在前；第一个用于新启动的任务',
        response: { 200: Type.Object({ versions: Type.Array(Stored) }) },
      },
    },
    async () => ({ versions: (await taskPolicies(app.deps.db)).map(stored) }),
  );

  app.post(
    '/api/policies/task',
    {
      onRequest: requireRole(...PERMISSIONS['policies.edit']),
      schema: {
        tags: ['policies'],
        summary: '发布任务口径的新版本',
        body: Policy,
        response: { 201: Type.Object({ version: Type.String() }) },
      },
    },
    async (request, reply) => {
      const policy = request.body as TaskPolicy;
      refuseContradictions(policy);
      return app.idempotent(request, reply, async (tx) => {
        const fresh = await storeTaskPolicy(tx, policy, { by: request.actor.id, now: app.deps.clock.now() });
        if (!fresh && !(await taskPolicyIs(tx, policy)))
          throw new Problem(409, 'version-taken', `版本号${policy.version}已用于另一份口径`, { field: 'version' });
        return { status: 201, body: { version: policy.version } };
      });
    },
  );
}

function stored({ version, source, enteredBy, enteredAt, body }: StoredPolicy): Static<typeof Stored> {
  const shipped = enteredBy === 'system';
  return {
    version,
    source,
    enteredBy: shipped ? null : enteredBy,
    enteredAt: shipped ? null : isoShanghai(enteredAt),
    policy: body as Static<typeof Policy>,
  };
}

function refuseContradictions(policy: TaskPolicy): void {
  if (policy.sheet.dueDay < policy.sheet.askFromDay)
    throw new Problem(422, 'policy-invalid', '月报截止日早于通知日', { field: 'sheet' });
  for (const name of ['ladder', 'claimLadder', 'verifyLadder', 'replyLadder', 'subItemLadder'] as const) {
    const rungs = policy[name];
    if (new Set(rungs.map((rung) => rung.id)).size !== rungs.length)
      throw new Problem(422, 'policy-invalid', '同一阶梯中的级别代码重复', { field: name });
    for (const rung of rungs)
      for (const to of rung.to)
        if (to.scope === 'department' && to.role !== 'coordinator' && to.role !== 'head')
          throw new Problem(422, 'policy-invalid', '部门内只能通知联络员或负责人', { field: name });
  }
}
