import fp from 'fastify-plugin';

const PAGES = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  // Ant Design writes its styles into the page as it runs.
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The reference page starts itself by an inline script and compiles in the browser; it holds nothing of the bureau's. */
const REFERENCE = `${PAGES}; script-src 'self' 'unsafe-inline' 'unsafe-eval'; worker-src 'self' blob:`;

export const securityHeadersPlugin = fp(async (app) => {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'content-security-policy': request.url.startsWith('/reference') ? REFERENCE : PAGES,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    });
    if (request.url.startsWith('/api')) reply.header('cache-control', 'no-store');
  });
});
