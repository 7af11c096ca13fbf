import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client';

const MINUTE = 60_000;
/** Shanghai keeps no summer time; the server evaluates the specification. */
const TIME_ZONE = 'Asia/Shanghai';

/** The jobs by the clock. `catchupWindow` is set because the default would repeat a year of runs after an outage. */
const SCHEDULES: { id: string; workflow: string; spec: ScheduleOptions['spec'] }[] = [
  { id: 'bihuan-digest', workflow: 'digest', spec: { intervals: [{ every: 5 * MINUTE }] } },
  { id: 'bihuan-watchdog', workflow: 'watchdog', spec: { intervals: [{ every: 5 * MINUTE, offset: 2 * MINUTE }] } },
  {
    id: 'bihuan-calendar-horizon',
    workflow: 'calendarHorizon',
    spec: { calendars: [{ hour: 8, minute: 30 }], timezone: TIME_ZONE },
  },
  { id: 'bihuan-anchor', workflow: 'anchor', spec: { calendars: [{ hour: 0, minute: 10 }], timezone: TIME_ZONE } },
];

/** Creates the schedules, or brings those that exist to this version. Safe to call at every start. */
export async function ensureSchedules(client: Client, taskQueue: string): Promise<void> {
  for (const { id, workflow, spec } of SCHEDULES) {
    const action = { type: 'startWorkflow' as const, workflowType: workflow, workflowId: id, taskQueue, args: [] };
    const policies = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: 10 * MINUTE };
    try {
      await client.schedule.create({ scheduleId: id, spec, action, policies });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await client.schedule.getHandle(id).update((known) => ({ ...known, spec, action, policies }));
    }
  }
}
