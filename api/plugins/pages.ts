import fastifyStatic from '@fastify/static';
import fp from 'fastify-plugin';
import { Problem } from '../problem.ts';
import { pathOf, sendProblem } from './errors.ts';

/** Paths of the API, where an unknown one is a mistake and not a page. */
const OURS = /^\/(?:api|reference|openapi\.json|healthz|readyz)(?:\/|$)/;

/** The built pages. Any other path is the one page, which finds its own way (history routing). */
export const pagesPlugin = fp(async (app) => {
  const root = app.deps.config.webRoot;
  if (root !== null) {
    await app.register(fastifyStatic, {
      root,
      wildcard: false,
      // Built files carry their digest in their names; the page that names them must be asked for each time.
      setHeaders: (reply, path) => {
        reply.header(
          'cache-control',
          /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request.url);
    const wantsPage = request.method === 'GET' && !OURS.test(path) && !/\.[a-z0-9]+$/i.test(path);
    if (root !== null && wantsPage) return reply.sendFile('index.html');
    return sendProblem(reply, new Problem(404, 'not-found', `没有这个地址：${request.method} ${path}`));
  });
});
