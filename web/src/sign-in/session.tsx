import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Answer } from '../api/request.ts';
import { dayOf } from '../time/civil-days.ts';

export type Session = Answer<'GET /api/session'>;
export type Role = Session['posts'][number]['role'];
export type Permission = Session['permissions'][number];

interface SignedIn {
  session: Session;
  /** Today in the domain's clock, `YYYY-MM-DD`; it turns at midnight while the page stays open. */
  today: string;
  /** The domain's time in milliseconds. */
  now(): number;
  may(permission: Permission): boolean;
  /** Whether one of the roles is held, in the department where one is named. */
  holds(roles: readonly Role[], department?: string): boolean;
  /** Departments other than the bureau in which a post is held. */
  ownDepartments: { id: string; name: string }[];
}

const SignedInContext = createContext<SignedIn | null>(null);

/** The id that stands for the bureau as a whole. */
export const BUREAU = 'bureau';

/** `fetchedAt` is when the session was answered, by the browser's clock: the two give the domain's time ever after. */
export function SessionProvider({
  session,
  fetchedAt,
  children,
}: {
  session: Session;
  fetchedAt: number;
  children: ReactNode;
}) {
  const offset = Date.parse(session.now) - fetchedAt;
  const [tick, setTick] = useState(fetchedAt);
  useEffect(() => {
    const timer = setInterval(() => setTick(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const today = dayOf(Math.max(tick, fetchedAt) + offset);
  const value = useMemo<SignedIn>(() => {
    const own = new Map(
      session.posts
        .filter((post) => post.department !== BUREAU)
        .map((post) => [post.department, { id: post.department, name: post.departmentName }]),
    );
    return {
      session,
      today,
      now: () => Date.now() + offset,
      may: (permission) => session.permissions.includes(permission),
      holds: (roles, department) =>
        session.posts.some(
          (post) => roles.includes(post.role) && (department === undefined || post.department === department),
        ),
      ownDepartments: [...own.values()],
    };
  }, [session, today, offset]);
  return <SignedInContext value={value}>{children}</SignedInContext>;
}

export function useSession(): SignedIn {
  const value = useContext(SignedInContext);
  if (value === null) throw new Error('useSession outside of the signed-in part');
  return value;
}
