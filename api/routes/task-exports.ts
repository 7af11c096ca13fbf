import type { Readable } from 'node:stream';
import { Type, type Static } from '@fastify/type-provider-typebox';
import { listTasks, type TaskFilter, type TaskRow, type TaskSort } from '../../db/queries/task-list.ts';
import { civilDate } from '../../domain/working-time/instants.ts';
import { DEADLINE_KIND_NAMES, LATENESS_NAMES, REPORT_STATUS_NAMES, TASK_STATE_NAMES } from '../../domain/wording.ts';
import type { TableCell, TableColumn, TableRow } from '../../domain/papers/table.ts';
import type { App } from '../app-type.ts';
import { contentDisposition } from '../content-disposition.ts';
import { papersOf, XLSX } from '../papers-port.ts';
import { csvStream } from '../spreadsheet.ts';
import { taskFilter, TaskFilterSchema } from '../task-filter.ts';

const COLUMNS: TableColumn[] = [
  { header: '计划', width: 30 },
  { header: '编号', width: 14 },
  { header: '标题', width: 24 },
  { header: '任务', width: 60 },
  { header: '牵头部门', width: 22 },
  { header: '配合部门', width: 30 },
  { header: '期限类别', width: 10 },
  { header: '期限原文', width: 18 },
  { header: '原定期限', width: 12, kind: 'date' },
  { header: '现行期限', width: 12, kind: 'date' },
  { header: '暂定', width: 6 },
  { header: '状态', width: 10 },
  { header: '逾期', width: 14 },
  { header: '最近报告', width: 10 },
  { header: '报告日期', width: 12, kind: 'date' },
  { header: '办结日期', width: 12, kind: 'date' },
  { header: '任务标识', width: 42 },
];

const BATCH = 500;
const Binary = Type.Unsafe<Readable>({ type: 'string', format: 'binary' });

/** The table of tasks as a file, with the list's filters and no cap on rows. */
export async function taskExportsRoutes(app: App): Promise<void> {
  app.get(
    '/api/tasks.csv',
    {
      schema: {
        tags: ['tasks'],
        summary: '导出任务（CSV）',
        querystring: TaskFilterSchema,
        response: { 200: { description: 'CSV，UTF-8 带 BOM', content: { 'text/csv': { schema: Binary } } } },
      },
    },
    async (request, reply) => {
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', contentDisposition('attachment', fileName('csv')));
      return reply.send(csvStream(COLUMNS, batches(request.query.sort, taskFilter(request.query))));
    },
  );

  app.get(
    '/api/tasks.xlsx',
    {
      schema: {
        tags: ['tasks'],
        summary: '导出任务（Excel）',
        querystring: TaskFilterSchema,
        response: {
          200: { description: 'XLSX', content: { [XLSX]: { schema: Binary } } },
        },
      },
    },
    async (request, reply) => {
      reply.type(XLSX).header('content-disposition', contentDisposition('attachment', fileName('xlsx')));
      return reply.send(papersOf(app).workbook({ name: '任务', columns: COLUMNS }, rows(request.query)));
    },
  );

  async function* rows(query: Static<typeof TaskFilterSchema>): AsyncGenerator<TableRow> {
    for await (const batch of batches(query.sort, taskFilter(query))) yield* batch;
  }

  function fileName(extension: string): string {
    return `任务清单-${civilDate(app.deps.clock.now())}.${extension}`;
  }

  async function* batches(sort: TaskSort = 'plan', filter: TaskFilter): AsyncGenerator<TableCell[][]> {
    let after: (string | number)[] | null = null;
    do {
      const { rows, more } = await listTasks(app.deps.pool, { filter, sort, after, limit: BATCH });
      yield rows.map(cells);
      after = more ? (rows.at(-1)?.position ?? null) : null;
    } while (after !== null);
  }
}

function cells(row: TaskRow): TableCell[] {
  const named = (part: 'lead' | 'support'): string =>
    row.departments
      .filter((department) => department.part === part)
      .map((department) => department.name)
      .join('、');
  return [
    row.planTitle,
    (row.path ?? []).join(' '),
    row.heading,
    row.text,
    named('lead'),
    named('support'),
    DEADLINE_KIND_NAMES[row.deadlineKind],
    row.deadlineRaw,
    row.originalDue,
    row.due,
    row.provisional ? '是' : '',
    TASK_STATE_NAMES[row.state] ?? row.state,
    LATENESS_NAMES[row.lateness] ?? row.lateness,
    row.reportStatus === null ? '' : REPORT_STATUS_NAMES[row.reportStatus],
    row.lastReportAt === null ? '' : civilDate(row.lastReportAt),
    row.closedAt === null ? '' : civilDate(row.closedAt),
    row.id,
  ];
}
