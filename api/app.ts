import { TypeBoxValidatorCompiler, registerAjvFormats } from '@fastify/type-provider-typebox';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { LogController, type FastifyServerOptions } from 'fastify';
import { createVault } from '../db/vault.ts';
import type { App, AppDeps } from './app-type.ts';
import { errorsPlugin, sendProblem } from './plugins/errors.ts';
import { housekeepingPlugin } from './plugins/housekeeping.ts';
import { idempotencyPlugin, requireIdempotencyKey } from './plugins/idempotency.ts';
import { openapiPlugin } from './plugins/openapi.ts';
import { pagesPlugin } from './plugins/pages.ts';
import { requestLogPlugin } from './plugins/request-log.ts';
import { securityHeadersPlugin } from './plugins/security-headers.ts';
import { refuseForeignOrigin, sessionPlugin } from './plugins/session.ts';
import { Problem } from './problem.ts';
import { departmentsRoutes } from './routes/departments.ts';
import { eventsRoutes } from './routes/events.ts';
import { filesRoutes } from './routes/files.ts';
import { healthRoutes } from './routes/health.ts';
import { inboxRoutes } from './routes/inbox.ts';
import { meRoutes } from './routes/me.ts';
import { operationsRoutes } from './routes/operations.ts';
import { papersRoutes } from './routes/papers.ts';
import { planDraftsRoutes } from './routes/plan-drafts.ts';
import { planPublicationRoutes } from './routes/plan-publication.ts';
import { plansRoutes } from './routes/plans.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { policiesRoutes } from './routes/policies.ts';
import { rehearsalRoutes } from './routes/rehearsal.ts';
import { sessionRoutes, signedInRoutes } from './routes/session.ts';
import { setupRoutes } from './routes/setup.ts';
import { sheetTablesRoutes } from './routes/sheet-tables.ts';
import { sheetsRoutes } from './routes/sheets.ts';
import { taskCommandsRoutes } from './routes/task-commands.ts';
import { taskPageRoutes } from './routes/task-page.ts';
import { taskExportsRoutes } from './routes/task-exports.ts';
import { tasksRoutes } from './routes/tasks.ts';
import { usersRoutes } from './routes/users.ts';

/** JSON bodies; routes that take files state their own limit. */
const BODY_LIMIT = 1024 * 1024;

/** In order: errors before what may fail, the description before the routes that it describes. */
const PLUGINS = [
  errorsPlugin,
  requestLogPlugin,
  securityHeadersPlugin,
  openapiPlugin,
  sessionPlugin,
  idempotencyPlugin,
  pagesPlugin,
  housekeepingPlugin,
];

const PUBLIC_ROUTES = [healthRoutes, sessionRoutes, setupRoutes];

const GUARDED_ROUTES = [
  signedInRoutes,
  meRoutes,
  departmentsRoutes,
  usersRoutes,
  filesRoutes,
  plansRoutes,
  planDraftsRoutes,
  planPublicationRoutes,
  rehearsalRoutes,
  calendarRoutes,
  policiesRoutes,
  tasksRoutes,
  taskExportsRoutes,
  taskPageRoutes,
  taskCommandsRoutes,
  sheetsRoutes,
  sheetTablesRoutes,
  papersRoutes,
  inboxRoutes,
  eventsRoutes,
  operationsRoutes,
];

export type AppLogger = NonNullable<FastifyServerOptions['logger']>;

/**
 * The HTTP application as a function of its dependencies: it reads no environment and listens nowhere. Routes live in
 * one of two scopes: the public one, and the guarded one whose hooks ask for a session before anything else.
 */
export async function buildApp(deps: AppDeps, logger: AppLogger | boolean = false): Promise<App> {
  registerAjvFormats();
  const app = Fastify({
    logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    trustProxy: deps.config.trustProxy,
    forceCloseConnections: 'idle',
    // For senders that never finish; a phone on a bad line needs minutes for its photos.
    requestTimeout: 600_000,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, _request, reply) => {
      const tooLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH';
      const problem = tooLong
        ? new Problem(414, 'url-too-long', '网址过长。')
        : new Problem(400, 'invalid-url', '网址格式不对。');
      sendProblem(reply, problem);
    },
  })
    .withTypeProvider<TypeBoxTypeProvider>()
    .setValidatorCompiler(TypeBoxValidatorCompiler);
  app.decorate('deps', deps);
  app.decorate('vault', createVault(deps.secretKey));
  for (const plugin of PLUGINS) await app.register(plugin);

  await app.register(async (open: App) => {
    open.addHook('onRequest', refuseForeignOrigin);
    for (const routes of PUBLIC_ROUTES) await open.register(routes);
  });

  await app.register(async (guarded: App) => {
    guarded.addHook('onRequest', guarded.authenticate);
    guarded.addHook('onRequest', refuseForeignOrigin);
    guarded.addHook('onRequest', requireIdempotencyKey);
    for (const routes of GUARDED_ROUTES) await guarded.register(routes);
  });
  return app;
}
