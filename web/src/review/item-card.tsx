import { CheckOutlined, DeleteOutlined, EditOutlined, UndoOutlined } from '@ant-design/icons';
import { App, Button, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { problemText } from '../api/api-problem.ts';
import { useWrite } from '../api/use-write.ts';
import { Mark } from '../parts/state-mark.tsx';
import { pathText } from '../wording/path-text.ts';
import { ItemEditor } from './item-editor.tsx';
import { deadlineMeaning, FLAG_WORDS, isOpenItem, type Plan, type PlanItem } from './review-words.ts';

/** One task of the draft: what was read, what is doubted, and the three things to do about it. */
export function ItemCard({
  item,
  plan,
  chosen,
  choose,
  editable,
}: {
  item: PlanItem;
  plan: Plan;
  chosen: boolean;
  choose: (item: string) => void;
  editable: boolean;
}) {
  const [editing, setEditing] = useState(false);
  const { message } = App.useApp();
  const renews = ['GET /api/plans/{id}'] as const;
  const confirm = useWrite('POST /api/plans/{id}/items/{item}/confirm', { renews });
  const patch = useWrite('PATCH /api/plans/{id}/items/{item}', { renews });
  const params = { id: plan.id, item: item.id };
  const open = isOpenItem(item);
  const kind =
    item.state !== 'kept' ? 'item-removed' : open ? 'item-open' : item.confirmedAt !== null ? 'item-confirmed' : '';

  const setState = async (state: 'kept' | 'removed', version: number) => {
    try {
      const changed = await patch.mutateAsync({ params, body: { version, state } });
      if (state === 'removed') {
        message.open({
          type: 'success',
          duration: 6,
          content: (
            <>
              已移除，不会发布。
              <Button type="link" size="small" onClick={() => void setState('kept', changed.version)}>
                撤销
              </Button>
            </>
          ),
        });
      }
    } catch (error) {
      message.error(problemText(error));
    }
  };

  return (
    <article
      className={`item-card ${kind} ${chosen ? 'item-chosen' : ''}`}
      id={`item-${item.id}`}
      onClick={() => choose(item.id)}
    >
      <div className="item-top">
        <b className="num">{pathText(item.path) || '（无编号）'}</b>
        {item.line !== null && <span className="quiet small">第 {item.line} 行</span>}
        {item.state === 'removed' && <Mark tone="quiet">已移除</Mark>}
        {item.state === 'merged' && <Mark tone="quiet">已并入其他任务</Mark>}
        {open &&
          item.flags.map((flag) => (
            <Mark key={flag} tone="asking">
              {FLAG_WORDS[flag]}
            </Mark>
          ))}
        {item.state === 'kept' && item.confirmedAt !== null && (
          <Mark tone="done">{item.correctedAt === null ? '已确认' : '已更正'}</Mark>
        )}
        {editable && (
          <span className="item-actions" onClick={(event) => event.stopPropagation()}>
            {item.state === 'kept' ? (
              <>
                {open && (
                  <Button
                    size="small"
                    type="primary"
                    ghost
                    icon={<CheckOutlined />}
                    loading={confirm.isPending}
                    onClick={() =>
                      confirm.mutateAsync({ params }).catch((error: unknown) => message.error(problemText(error)))
                    }
                  >
                    确认
                  </Button>
                )}
                <Button size="small" type="text" icon={<EditOutlined />} onClick={() => setEditing(true)}>
                  更正
                </Button>
                <Tooltip title="移除：不作为任务发布">
                  <Button
                    size="small"
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label="移除这一项"
                    onClick={() => void setState('removed', item.version)}
                  />
                </Tooltip>
              </>
            ) : (
              item.state === 'removed' && (
                <Button size="small" icon={<UndoOutlined />} onClick={() => void setState('kept', item.version)}>
                  恢复
                </Button>
              )
            )}
          </span>
        )}
      </div>
      <div>{item.text}</div>
      <dl className="item-facts">
        <dt>部门</dt>
        <dd>
          {item.departments.length === 0 ? (
            <span className="late">原文没有写明</span>
          ) : (
            item.departments.map((name) => (
              <Tag key={name} color={item.lead.includes(name) ? 'blue' : 'default'}>
                {name}
                {item.lead.includes(name) && item.departments.length > 1
                  ? item.leadBasis === 'assumed'
                    ? ' · 牵头（推定）'
                    : ' · 牵头'
                  : ''}
              </Tag>
            ))
          )}
          {item.openEnded && <span className="quiet">等</span>}
        </dd>
        <dt>时限</dt>
        <dd>
          {item.deadline.raw === '' ? '' : `“${item.deadline.raw}” → `}
          <b>{deadlineMeaning(item.deadline)}</b>
          {item.deadline.soft === true && <span className="quiet">（原则上）</span>}
          {item.deadline.alternative !== undefined && (
            <span className="quiet small">（也可理解为 {item.deadline.alternative}）</span>
          )}
        </dd>
        {item.textDeadlines.length > 0 && (
          <>
            <dt>文中</dt>
            <dd className="quiet">
              {item.textDeadlines
                .map((each, index) => `${each.raw}${item.confirmedDeadlines.includes(index) ? '（已设子项）' : ''}`)
                .join('；')}
            </dd>
          </>
        )}
        {item.indicators.length > 0 && (
          <>
            <dt>指标</dt>
            <dd className="quiet">{item.indicators.map((each) => each.raw).join('；')}</dd>
          </>
        )}
      </dl>
      {editing && <ItemEditor item={item} plan={plan} close={() => setEditing(false)} />}
    </article>
  );
}
