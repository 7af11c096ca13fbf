import { Type } from '@fastify/type-provider-typebox';
import { calendarYearVersions, loadCalendar, loadCalendarYears } from '../../db/calendars.ts';
import { previewCalendar, publishCalendarYear } from '../../db/plans/revise-calendar.ts';
import { horizonAlarm } from '../../domain/working-time/horizon.ts';
import { provisionalYear } from '../../domain/working-time/provisional-year.ts';
import { civilDate } from '../../domain/working-time/instants.ts';
import { yearOf } from '../../domain/working-time/civil-date.ts';
import { REVISE_SIGNAL } from '../../workflows/messages.ts';
import type { App } from '../app-type.ts';
import { CalendarBody, CalendarYearView, calendarYearView, checkedYear, ReadYear } from '../calendar-view.ts';
import { PERMISSIONS } from '../permissions.ts';
import { planErrors } from '../plan-errors.ts';
import { requireRole } from '../plugins/session.ts';
import { versionSeen } from '../version-seen.ts';
import { CivilDateOrNull, InstantOrNull, IntegerOrNull, StringOrNull } from '../schemas.ts';

const YearParams = Type.Object({ year: Type.Integer({ minimum: 2000, maximum: 2099 }) });

const Moved = Type.Object({
  item: Type.String({ description: '时限的内部名称' }),
  from: InstantOrNull,
  to: InstantOrNull,
  provisional: Type.Boolean(),
});

/** The working-day calendar: read by everybody, entered by an administrator; an amendment is a new version, never an edit. */
export async function calendarRoutes(app: App): Promise<void> {
  planErrors(app);
  const mayEdit = requireRole(...PERMISSIONS['calendar.edit']);

  app.get(
    '/api/calendar',
    {
      schema: {
        tags: ['calendar'],
        summary: '已录入的年度与放假安排的期限提醒',
        response: {
          200: Type.Object({
            publishedThrough: Type.Integer({ description: '连续录入至哪一年；0 为尚未录入' }),
            endsOn: CivilDateOrNull,
            daysLeft: IntegerOrNull,
            alarm: Type.Boolean(),
            message: Type.String(),
            years: Type.Array(CalendarYearView),
          }),
        },
      },
    },
    async () => {
      const { db, clock } = app.deps;
      const today = civilDate(clock.now());
      const calendar = await loadCalendar(db, { through: yearOf(today) });
      const stored = await loadCalendarYears(db);
      return { ...horizonAlarm(calendar, today), years: stored.map((year) => calendarYearView(year, stored)) };
    },
  );

  app.get(
    '/api/calendar/:year',
    {
      schema: {
        tags: ['calendar'],
        summary: '一年的放假和调休上班；未公布的年份为暂定',
        params: YearParams,
        response: {
          200: Type.Intersect([
            CalendarYearView,
            Type.Object({
              history: Type.Array(
                Type.Object({
                  version: Type.Integer(),
                  source: Type.String(),
                  enteredBy: StringOrNull,
                  enteredAt: InstantOrNull,
                }),
              ),
            }),
          ]),
        },
      },
    },
    async (request) => {
      const versions = await calendarYearVersions(app.deps.db, request.params.year);
      const newest = versions[0] ?? provisionalYear(request.params.year);
      const history = versions.map((each) => {
        const { version, source, enteredBy, enteredAt } = calendarYearView(each, versions);
        return { version, source, enteredBy, enteredAt };
      });
      return { ...calendarYearView(newest, versions), history };
    },
  );

  app.put(
    '/api/calendar/:year',
    {
      onRequest: mayEdit,
      schema: {
        tags: ['calendar'],
        summary: '录入或更正一年的放假安排；所有未了结的时限随之重算并记录原因',
        params: YearParams,
        body: CalendarBody,
        response: {
          200: Type.Object({
            version: Type.Integer(),
            changed: Type.Boolean({ description: '与现有版本相同则为 false，什么也不发生' }),
            told: Type.Integer({ description: '被通知重算的任务、月报和评估数' }),
            warnings: Type.Array(Type.String()),
          }),
        },
      },
    },
    async (request, reply) => {
      const { year } = request.params;
      const { entry, warnings } = checkedYear(year, request.body);
      const expectedVersion = versionSeen(request, request.body.version);
      return app.idempotent(request, reply, async (tx) => {
        const published = await publishCalendarYear(tx.$client, entry, {
          expectedVersion,
          signal: REVISE_SIGNAL,
          by: request.actor.id,
          now: app.deps.clock.now(),
        });
        return { status: 200, body: { ...published, warnings } };
      });
    },
  );

  app.post(
    '/api/calendar/:year/preview',
    {
      onRequest: mayEdit,
      config: { withoutIdempotencyKey: true },
      schema: {
        tags: ['calendar'],
        summary: '试算：读通知原文或核对录入，并列出会移动的时限；不写入',
        params: YearParams,
        body: CalendarBody,
        response: {
          200: Type.Object({
            year: ReadYear,
            warnings: Type.Array(Type.String()),
            entities: Type.Integer({ description: '有时限移动的任务、月报和评估数' }),
            moved: Type.Array(
              Type.Object({ entity: Type.String(), kind: Type.String(), text: StringOrNull, items: Type.Array(Moved) }),
            ),
            truncated: Type.Boolean({ description: '只列出前 200 个' }),
          }),
        },
      },
    },
    async (request) => {
      const { entry, warnings } = checkedYear(request.params.year, request.body);
      const preview = await previewCalendar(app.deps.pool, entry, app.deps.clock.now());
      return {
        year: { year: entry.year, off: entry.off, working: entry.working, source: entry.source },
        warnings,
        ...preview,
      };
    },
  );
}
