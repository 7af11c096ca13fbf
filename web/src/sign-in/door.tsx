import type { ReactNode } from 'react';

/** The frame of the pages before signing in. */
export function Door({ children }: { children: ReactNode }) {
  return (
    <main className="door">
      <div className="door-card">
        <header>
          <img src="/mark.svg" alt="" />
          <div>
            <h1>闭环</h1>
            <p>任务闭环管理</p>
          </div>
        </header>
        {children}
      </div>
    </main>
  );
}
