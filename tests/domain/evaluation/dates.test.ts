import { expect, test } from 'vitest';
import { SYSTEM, TICK, type Recorded } from '../../../domain/decider.ts';
import {
  evaluationDates,
  evaluationDecider,
  type EvaluationFact,
  type EvaluationOpenedData,
} from '../../../domain/evaluation/evaluation-decider.ts';
import { DEFAULT_POLICY } from '../../../domain/policy/default-policy.ts';
import { isoShanghai, parseInstant } from '../../../domain/working-time/instants.ts';
import { CALENDAR, directorOffice, office } from '../task/fixture.ts';
import { evaluationOpening } from './fixture.ts';

function run(changes: Partial<EvaluationOpenedData>, from: string, to: string) {
  const first = {
    type: 'EvaluationOpened' as const,
    data: evaluationOpening(changes),
    seq: 1,
    at: parseInstant(from),
    by: 'system',
  };
  let state = evaluationDecider.evolve(null, first);
  const told: string[] = [];
  let seq = 1;
  for (;;) {
    const next = Math.min(...evaluationDecider.timers(state).map((timer) => timer.at));
    if (next > parseInstant(to)) return { state, told };
    const at = Math.max(next, first.at);
    const decision = evaluationDecider.decide(
      state,
      { id: TICK, name: TICK, payload: null, actor: SYSTEM },
      { now: at },
    );
    if (decision.refused || decision.events.length === 0) throw new Error('a tick that is due and does nothing');
    for (const fact of decision.events) {
      seq += 1;
      const event = { ...fact, seq, at, by: 'system' } as Recorded<EvaluationFact>;
      state = evaluationDecider.evolve(state, event);
      for (const { to: mailbox, data } of evaluationDecider.notices(state, event))
        told.push(
          `${isoShanghai(at).slice(0, 16)} ${(data as { stage: string }).stage} ${mailbox.department}/${mailbox.role}`,
        );
    }
  }
}

const command = (name: string, payload: object) => ({ id: 'x', name, payload: payload as never, actor: office });

test('the four dates of both evaluations of the reference plan', () => {
  expect(evaluationDates('2024-10-31', CALENDAR, DEFAULT_POLICY)).toEqual({
    start: '2024-08-30',
    'as-of': '2024-09-30',
    // Seven working days after 30 September 2024: the 8th to the 12th (a working Saturday), the 14th and the 15th.
    'self-assessment': '2024-10-15',
    deliver: '2024-10-31',
  });
  expect(evaluationDates('2025-10-31', CALENDAR, DEFAULT_POLICY)).toEqual({
    // Seventeen working days in October 2025, twenty-three in September.
    start: '2025-09-01',
    'as-of': '2025-09-30',
    'self-assessment': '2025-10-16',
    deliver: '2025-10-31',
  });
});

test('each date is told once to the offices, and to the departments when they owe something', () => {
  const { told, state } = run({}, '2024-06-04T08:00:00+08:00', '2024-12-31T00:00:00+08:00');
  expect(told.filter((line) => line.includes('director-office'))).toEqual([
    '2024-08-30T09:00 start bureau/director-office',
    '2024-09-30T09:00 as-of bureau/director-office',
    '2024-10-15T09:00 self-assessment bureau/director-office',
    '2024-10-31T09:00 deliver bureau/director-office',
  ]);
  expect(told.filter((line) => line.includes('law/')).map((line) => line.slice(17))).toEqual([
    'start law/coordinator',
    'self-assessment law/coordinator',
  ]);
  expect(state.overdueAt).toBe(parseInstant('2024-11-01T00:00:00+08:00'));
});

test('a date that falls on a weekend is told of before it, because something is owed by it', () => {
  const { told } = run({ dueOn: '2024-11-30' }, '2024-06-04T08:00:00+08:00', '2024-12-31T00:00:00+08:00');
  expect(told).toContain('2024-11-29T09:00 deliver bureau/director-office');
});

test('no date older than go-live is told, and an evaluation long past is not late today', () => {
  const late = run({ goLive: '2024-10-08' }, '2024-10-08T08:00:00+08:00', '2024-12-31T00:00:00+08:00');
  expect(late.told[0]).toMatch(/^2024-10-15T09:00 self-assessment/);
  const past = run({ goLive: '2025-06-03' }, '2025-06-03T08:00:00+08:00', '2026-12-31T00:00:00+08:00');
  expect(past.told).toEqual([]);
  expect(past.state.overdueAt).toBeNull();
});

test('the director’s office records the delivery with its 文号, not before the as-of date, and that ends it', () => {
  const { state } = run({}, '2024-06-04T08:00:00+08:00', '2024-10-20T00:00:00+08:00');
  const now = parseInstant('2024-10-28T10:00:00+08:00');
  const deliver = (payload: object, actor = directorOffice) =>
    evaluationDecider.decide(state, { id: 'c', name: 'recordDelivery', payload: payload as never, actor }, { now });
  const delivery = { on: '2024-10-28', documentNumber: '浦城报〔2024〕12号' };
  expect(deliver(delivery, office)).toMatchObject({ status: 403 });
  expect(deliver({ ...delivery, on: '2024-10-29' })).toMatchObject({ code: 'date-in-the-future' });
  expect(deliver({ ...delivery, on: '2024-09-30' })).toMatchObject({ code: 'before-as-of' });
  expect(deliver({ ...delivery, documentNumber: ' ' })).toMatchObject({ code: 'document-number-required' });
  const decision = deliver(delivery);
  if (decision.refused) throw new Error(decision.code);
  const [fact] = decision.events;
  const done = evaluationDecider.evolve(state, { ...fact!, seq: 9, at: now, by: 'x' } as Recorded<EvaluationFact>);
  expect(evaluationDecider.finished(done)).toBe(true);
  expect(evaluationDecider.timers(done)).toEqual([]);
});

test('a paper moves an evaluation: what is still ahead is told again under the new date, and a withdrawn one rests', () => {
  const { state } = run({}, '2024-06-04T08:00:00+08:00', '2024-10-16T00:00:00+08:00');
  const now = parseInstant('2024-10-16T10:00:00+08:00');
  const moved = evaluationDecider.decide(state, command('moveDate', { to: '2024-11-29', documentNumber: '文1号' }), {
    now,
  });
  if (moved.refused) throw new Error(moved.detail);
  const [fact] = moved.events;
  const after = evaluationDecider.evolve(state, { ...fact, seq: 9, at: now, by: 'office' } as Recorded<EvaluationFact>);
  // The start, forty working days before 29 November, lies before the decision; the other three dates are ahead again.
  expect(after).toMatchObject({ dueOn: '2024-11-29', version: 2, reached: ['start'], overdueAt: null });
  const due = evaluationDecider.timers(after).map(({ key, at }) => `${key} ${isoShanghai(at).slice(0, 16)}`);
  expect(due).toEqual([
    'stage/as-of 2024-10-31T09:00',
    'stage/self-assessment 2024-11-11T09:00',
    'stage/deliver 2024-11-29T09:00',
    'overdue 2024-11-30T00:00',
  ]);
  const stranger = { ...command('withdraw', { documentNumber: '文2号' }), actor: directorOffice };
  expect(evaluationDecider.decide(after, stranger, { now })).toMatchObject({ refused: true, status: 403 });
  const withdrawn = evaluationDecider.decide(after, command('withdraw', { documentNumber: '文2号' }), { now });
  if (withdrawn.refused) throw new Error(withdrawn.detail);
  const last = { ...withdrawn.events[0], seq: 10, at: now, by: 'office' } as Recorded<EvaluationFact>;
  const rested = evaluationDecider.evolve(after, last);
  expect(evaluationDecider.finished(rested)).toBe(true);
  expect(evaluationDecider.timers(rested)).toEqual([]);
});
