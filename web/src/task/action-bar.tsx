import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from './action-drawer.tsx';
import { formOf } from './action-forms.ts';
import { actionKey, actionLabel } from './action-names.ts';
import type { Action, Task } from './task-types.ts';

const SHOWN = 6;

/** Exactly what this person may do now; what is done daily stands first, the rest behind one button. */
export function ActionBar({ task }: { task: Task }) {
  const [open, setOpen] = useState<Action | null>(null);
  const ranked = [...task.actions].sort((a, b) => rankOf(a) - rankOf(b));
  const daily = ranked.filter((action) => rankOf(action) < 2);
  const shown = daily.slice(0, SHOWN);
  const rest = [...daily.slice(SHOWN), ...ranked.filter((action) => rankOf(action) === 2)];
  if (task.actions.length === 0) return null;
  return (
    <div className="actions" role="group" aria-label="可办理的事项">
      {shown.map((action, index) => (
        <Button
          key={actionKey(action)}
          type={rankOf(action) === 0 && index === 0 && formOf(action).danger !== true ? 'primary' : 'default'}
          danger={formOf(action).danger === true}
          onClick={() => setOpen(action)}
        >
          {actionLabel(action, task)}
        </Button>
      ))}
      {rest.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            style: { maxHeight: 360, overflowY: 'auto' },
            items: rest.map((action) => ({
              key: actionKey(action),
              label: actionLabel(action, task),
              danger: formOf(action).danger === true,
              onClick: () => setOpen(action),
            })),
          }}
        >
          <Button>
            {shown.length === 0 ? '可办理' : '更多'} <DownOutlined />
          </Button>
        </Dropdown>
      )}
      {open !== null && <ActionDrawer key={actionKey(open)} task={task} action={open} close={() => setOpen(null)} />}
    </div>
  );
}

function rankOf(action: Action): number {
  // A decision entered from paper is the director's office's own work and stands with the rest of the papers.
  if (action.onPaper) return formOf(action).rank === 'first' ? 1 : 2;
  return { first: 0, second: 1, rest: 2 }[formOf(action).rank];
}
