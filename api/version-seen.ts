import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/** The version of a row that the person saw, from the body or `If-Match: "3"`; null where neither says. */
export function versionSeen(request: FastifyRequest, inBody: number | undefined): number | null {
  if (inBody !== undefined) return inBody;
  const quoted = /^"?(\d{1,9})"?$/.exec(request.headers['if-match'] ?? '');
  return quoted?.[1] === undefined ? null : Number(quoted[1]);
}

/** The same where a change without it would overwrite what somebody else wrote meanwhile. */
export function requiredVersion(request: FastifyRequest, inBody: number | undefined): number {
  const version = versionSeen(request, inBody);
  if (version === null)
    throw new Problem(400, 'version-required', '请写明修改时所见的版本（version 或 If-Match）', { field: 'version' });
  return version;
}
