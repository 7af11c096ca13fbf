import { Type } from '@fastify/type-provider-typebox';
import type { ServerResponse } from 'node:http';
import { countUnread } from '../../db/queries/inbox.ts';
import type { SignedInActor, App } from '../app-type.ts';
import { createChangeFeed, type Change } from '../change-feed.ts';

const HEARTBEAT_MS = 20_000;
/** A stream ends after this long and the page opens it again: so an ended session or a lost post does not hear on. */
const LASTS_MS = 10 * 60_000;

interface Listener {
  actor: SignedInActor;
  response: ServerResponse;
}

/**
 * What a page that stays open hears: `inbox` with the number of unread notices, at once and when it may have changed, and
 * `tasks` with the ids of tasks that changed.
 */
export async function eventsRoutes(app: App): Promise<void> {
  const feed = createChangeFeed(app.deps.pool, app.deps.clock, app.log);
  const listeners = new Set<Listener>();

  async function tellUnread({ actor, response }: Listener): Promise<void> {
    send(response, 'inbox', { unread: await countUnread(app.deps.pool, actor) });
  }

  function hear(listener: Listener, change: Change): void {
    if (change.tasks.length > 0) send(listener.response, 'tasks', { ids: change.tasks });
    if (change.mailboxes.length === 0 || !concerns(listener.actor, change)) return;
    tellUnread(listener).catch((error: unknown) => app.log.warn({ err: error }, 'could not count unread notices'));
  }

  app.get(
    '/api/events',
    {
      schema: {
        tags: ['inbox'],
        summary: '变动推送（server-sent events）',
        description: '事件 inbox：{unread}；事件 tasks：{ids}。连接约 10 分钟后结束，由页面重连。',
        response: {
          200: {
            description: '事件流',
            content: { 'text/event-stream': { schema: Type.String() } },
          },
        },
      },
    },
    async (request, reply) => {
      const listener: Listener = { actor: request.actor, response: reply.raw };
      reply.hijack();
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // Proxies that collect an answer before passing it on would hold every event back.
        'x-accel-buffering': 'no',
      });
      listeners.add(listener);
      const stopListening = feed.listen((change) => hear(listener, change));
      const heartbeat = setInterval(() => reply.raw.write(': \n\n'), HEARTBEAT_MS);
      const end = setTimeout(() => reply.raw.end(), LASTS_MS);
      reply.raw.on('close', () => {
        stopListening();
        clearInterval(heartbeat);
        clearTimeout(end);
        listeners.delete(listener);
      });
      await tellUnread(listener);
    },
  );

  // Before the server waits for its connections: these would never end by themselves.
  app.addHook('preClose', async () => {
    for (const { response } of listeners) response.end();
    await feed.stop();
  });
}

function concerns(actor: SignedInActor, { mailboxes }: Change): boolean {
  return actor.posts.some(
    (post) =>
      // The supervising office also reads what nobody else does.
      post.role === 'supervising-office' ||
      mailboxes.some((to) => to.department === post.department && to.role === post.role),
  );
}

function send(response: ServerResponse, event: string, data: object): void {
  if (!response.writableEnded) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
