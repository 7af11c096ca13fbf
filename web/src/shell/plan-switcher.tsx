import { Select } from 'antd';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { useRead } from '../api/use-read.ts';
import { useNarrow } from '../parts/use-narrow.ts';

/** Which plan the page is about, and the way to the same page of another one. */
export function PlanSwitcher() {
  const plans = useRead('GET /api/plans', {});
  const narrow = useNarrow();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const [, page, id, part] = pathname.split('/');
  const current = page === 'plans' && id !== undefined && id !== 'new' ? id : search.get('plan');
  const live = plans.data?.items.filter((plan) => plan.status === 'published') ?? [];
  const shown = plans.data?.items.filter((plan) => plan.status === 'published' || plan.id === current) ?? [];
  if (narrow) return null;
  const choose = (chosen: string | undefined) => {
    if (pathname === '/tasks') {
      const next = new URLSearchParams(search);
      if (chosen === undefined) next.delete('plan');
      else next.set('plan', chosen);
      void navigate(`/tasks?${next.toString()}`);
    } else if (chosen === undefined) void navigate('/plans');
    else void navigate(page === 'plans' && part === 'rehearsal' ? `/plans/${chosen}/rehearsal` : `/plans/${chosen}`);
  };
  return (
    <Select
      aria-label="切换行动计划"
      variant="filled"
      style={{ flex: '0 1 380px', minWidth: 0 }}
      value={current ?? undefined}
      onChange={choose}
      allowClear
      loading={plans.isPending}
      placeholder={
        plans.data === undefined ? '行动计划' : live.length === 0 ? '还没有发布的计划' : `全部计划（${live.length}）`
      }
      options={shown.map((plan) => ({ value: plan.id, label: plan.title }))}
      popupMatchSelectWidth={false}
    />
  );
}
