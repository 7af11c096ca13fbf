import type { Actor, Role } from '../domain/decider.ts';
import { holds } from './app-type.ts';

/** What pages may offer to whom. The routes and the deciders decide; this only keeps a page from offering in vain. */
export const PERMISSIONS = {
  'people.administer': ['administrator'],
  'plans.import': ['administrator', 'supervising-office', 'director-office'],
  'plans.publish': ['administrator', 'supervising-office'],
  'calendar.edit': ['administrator'],
  'policies.edit': ['administrator'],
  'operations.read': ['administrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[];

export function permissionsOf(actor: Actor): Permission[] {
  return PERMISSION_NAMES.filter((name) => holds(actor, ...PERMISSIONS[name]));
}
