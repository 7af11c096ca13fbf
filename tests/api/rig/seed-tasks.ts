import { recordOpenings } from '../../../db/ledger.ts';
import { newEntityId, newId } from '../../../db/ids.ts';
import { inTransaction } from '../../../db/pool.ts';
import { BUREAU, type CivilDate } from '../../../domain/decider.ts';
import { DEFAULT_POLICY } from '../../../domain/policy/default-policy.ts';
import { openTask } from '../../../domain/task/open-task.ts';
import { calendarThrough } from '../../../domain/working-time/provisional-year.ts';
import { publishedSeedYears } from '../../../domain/working-time/published-years.ts';
import { addDepartment, type ApiRig } from './api-rig.ts';

export interface SeedTask {
  text: string;
  /** The first one leads. */
  departments: string[];
  due: CivilDate | null;
  via?: string;
}

/** A published plan with running tasks, written as publication writes them, but without a workflow behind it. */
export async function seedTasks(
  rig: Pick<ApiRig, 'pool' | 'clock'>,
  seeds: SeedTask[],
  title = '测试行动计划',
): Promise<{ plan: string; tasks: string[] }> {
  const plan = newId('plan');
  const goLive = '2025-01-06';
  const now = rig.clock.now();
  const calendar = calendarThrough(publishedSeedYears(), 2028, 1);
  const ids = seeds.map(() => newEntityId('task'));
  for (const department of new Set(seeds.flatMap((seed) => seed.departments)))
    await addDepartment(rig.pool, department);
  await rig.pool.query(
    `insert into plans (id, title, status, source_sha256, source_filename, source_text, goals, evaluations, problems,
       imported_by, imported_at, issued_on, go_live)
     values ($1, $2, 'published', $1, 'plan.txt', '', '[]', '[]', '[]', 'user-test', $3, '2024-12-30', $4)`,
    [plan, title, now, goLive],
  );
  await inTransaction(rig.pool, async (client) => {
    await recordOpenings(
      client,
      seeds.map((seed, index) => ({
        entity: { kind: 'task' as const, id: ids[index] ?? '' },
        by: 'user-test',
        now,
        facts: [
          {
            type: 'TaskAssigned',
            data: openTask({
              id: ids[index] ?? '',
              plan,
              deadline: { kind: seed.due === null ? 'ongoing' : 'date', date: seed.due, every: null, soft: false },
              responsibilities: seed.departments.map((department, at) => ({
                department,
                part: at === 0 ? ('lead' as const) : ('support' as const),
                via: seed.via ?? null,
                claimedAt: null,
                disputedAt: null,
                breakdown: null,
                lastReport: null,
              })),
              closers: seed.departments.slice(0, 1),
              leadBasis: 'stated',
              issuedOn: '2024-12-30',
              goLive,
              horizon: { from: '2025-01-01', to: '2026-12-31' },
              finalEvaluationOn: null,
              calendar,
              policy: DEFAULT_POLICY,
              verifier: { department: BUREAU, role: 'supervising-office' },
              alternateVerifier: { department: BUREAU, role: 'director-office' },
              verifierHome: null,
              announce: true,
            }),
          },
        ],
      })),
    );
    for (const [index, seed] of seeds.entries()) {
      await client.query(
        `insert into task_texts (task_id, plan_id, ordinal, path, section, heading, text, departments_as_written,
           deadline_raw, repaired, flags, text_deadlines, indicators)
         values ($1, $2, $3, $4, '一', '', $5, '[]', '', false, '[]', '[]', '[]')`,
        [ids[index], plan, index + 1, JSON.stringify(['一', String(index + 1)]), seed.text],
      );
    }
  });
  return { plan, tasks: ids };
}
