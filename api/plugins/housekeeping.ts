import fp from 'fastify-plugin';
import { sweepExpired } from '../../db/queries/expired.ts';

const EVERY_MS = 3_600_000;

/** Each API process sweeps its own technical rows once an hour; two that do it at once do it twice, harmlessly. */
export const housekeepingPlugin = fp(async (app) => {
  const timer = setInterval(() => {
    sweepExpired(app.deps.pool, app.deps.wallClock.now()).catch((error: unknown) =>
      app.log.warn({ err: error }, 'could not sweep expired rows'),
    );
  }, EVERY_MS);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
});
