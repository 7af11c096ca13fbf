import type { EvaluationOpenedData } from '../../../domain/evaluation/evaluation-decider.ts';
import { DEFAULT_POLICY } from '../../../domain/policy/default-policy.ts';
import { CALENDAR } from '../task/fixture.ts';

/** The mid-term evaluation of a plan that is live since its issue; any part can be worded otherwise. */
export function evaluationOpening(changes: Partial<EvaluationOpenedData> = {}): EvaluationOpenedData {
  return {
    id: 'evaluation-1',
    plan: 'plan-1',
    evaluation: 'mid-term',
    dueOn: '2024-10-31',
    goLive: '2024-06-04',
    departments: ['law', 'cases'],
    calendar: CALENDAR,
    policy: DEFAULT_POLICY,
    ...changes,
  };
}
