import { Alert, App, Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ApiProblem } from '../api/api-problem.ts';
import { useRead } from '../api/use-read.ts';
import { useWrite } from '../api/use-write.ts';
import { DateField } from '../parts/date-field.tsx';
import { useSession } from '../sign-in/session.tsx';
import { longDate } from '../time/civil-days.ts';
import type { Plan } from './review-words.ts';
import { Confirming } from '../parts/confirming.tsx';

/** What publishing will cause, counted for the chosen day, before it happens. */
export function PublishDialog({ plan, revises, close }: { plan: Plan; revises: string | null; close: () => void }) {
  const { today } = useSession();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [goLive, setGoLive] = useState(today);
  const [accepted, setAccepted] = useState(false);
  const [documentNumber, setDocumentNumber] = useState('');
  const [base, setBase] = useState(revises);
  const [refusal, setRefusal] = useState<ApiProblem | null>(null);
  const preview = useRead('GET /api/plans/{id}', { params: { id: plan.id }, query: { goLive } }, { keep: true });
  const plans = useRead('GET /api/plans', {});
  const running = (plans.data?.items ?? []).filter((each) => each.status === 'published');
  const write = useWrite('POST /api/plans/{id}/publish', {
    renews: ['GET /api/plans', 'GET /api/plans/{id}', 'GET /api/tasks', 'GET /api/departments'],
  });
  const counts = preview.data?.counts ?? plan.counts;
  const unresolved = preview.data?.unresolved ?? plan.unresolved;
  const blocking = unresolved.filter((each) => each.blocking);
  const assumed = unresolved.filter((each) => !each.blocking);
  const ready =
    blocking.length === 0 && (assumed.length === 0 || accepted) && (base === null || documentNumber.trim() !== '');

  const publish = async () => {
    setRefusal(null);
    try {
      const done = await write.mutateAsync({
        params: { id: plan.id },
        body: {
          goLive,
          confirmAssumptions: accepted,
          ...(base === null ? {} : { revises: { plan: base, documentNumber: documentNumber.trim() } }),
        },
      });
      message.success(
        done.revision === undefined
          ? `已发布：${done.tasks} 项任务开始运行`
          : `修订已发布：延续 ${done.revision.continued} 项，新增 ${done.revision.added} 项`,
      );
      await navigate(`/plans/${done.revision?.runningPlan ?? plan.id}`);
    } catch (error) {
      if (error instanceof ApiProblem) setRefusal(error);
      else throw error;
    }
  };

  return (
    <Modal
      open
      title="发布计划"
      width={620}
      onCancel={close}
      maskClosable={false}
      footer={[
        <Button key="cancel" onClick={close}>
          再核对一下
        </Button>,
        <Button key="publish" type="primary" disabled={!ready} loading={write.isPending} onClick={() => void publish()}>
          {base === null ? `发布 ${counts.tasks} 项任务` : '发布修订'}
        </Button>,
      ]}
    >
      {refusal !== null && (
        <Alert type="error" showIcon role="alert" title={refusal.message} style={{ marginBottom: 12 }} />
      )}
      <Confirming shown={write.confirming} />
      <Form layout="vertical" component="div">
        <Form.Item
          label="启用日"
          extra="从这一天起计时和提醒。接管早已印发的计划可选过去的日期；启用日之前到期的转为补录，不发旧提醒。"
        >
          <DateField value={goLive} onChange={(date) => setGoLive(date ?? today)} allowClear={false} />
        </Form.Item>
        <Form.Item label="与已发布计划的关系">
          <Select
            value={base ?? 'new'}
            onChange={(value: string) => setBase(value === 'new' ? null : value)}
            options={[
              { value: 'new', label: '新的计划' },
              ...running.map((each) => ({ value: each.id, label: `修订：${each.title}` })),
            ]}
          />
        </Form.Item>
        {base !== null && (
          <Form.Item label="修订文号" required extra="原任务的历史保留；差异可先在“与原计划的差异”中查看。">
            <Input value={documentNumber} onChange={(event) => setDocumentNumber(event.target.value)} maxLength={100} />
          </Form.Item>
        )}
      </Form>
      <div className="panel panel-body" aria-busy={preview.isFetching}>
        <b>{longDate(goLive)}启用后会发生</b>
        <ul style={{ margin: '6px 0 0', paddingLeft: 20 }}>
          <li>
            {counts.tasks} 项任务交办给 {counts.names} 个部门名称，共 {counts.responsibilities} 项责任（群组展开后{' '}
            {counts.expandedResponsibilities} 项），5 个工作日内认领；
          </li>
          <li>
            有期限 {counts.byDeadlineKind.date} 项，周期性 {counts.byDeadlineKind.recurring} 项（{counts.periods}{' '}
            期），长期 {counts.byDeadlineKind.ongoing} 项，自报完成 {counts.byDeadlineKind['declared-done']} 项，无时限{' '}
            {counts.byDeadlineKind.none} 项；
          </li>
          <li>
            印发前已到期 {counts.byIntake['before-issue']} 项、启用前已到期 {counts.byIntake['before-go-live']}{' '}
            项：不发提醒，由部门补录；
          </li>
          <li>每个部门收到一份交办汇总，不逐条打扰。</li>
        </ul>
        <Link to={`/plans/${plan.id}/rehearsal?from=${goLive}`} target="_blank">
          先看看会发出哪些提醒（预演）
        </Link>
      </div>
      {blocking.length > 0 && (
        <Alert
          type="error"
          showIcon
          style={{ marginTop: 12 }}
          title={`还有 ${blocking.length} 处必须先处理`}
          description={
            <ul style={{ margin: 0, paddingLeft: 18 }}>
              {blocking.slice(0, 8).map((each) => (
                <li key={`${each.ref}/${each.code}`}>{each.detail}</li>
              ))}
            </ul>
          }
        />
      )}
      {blocking.length === 0 && assumed.length > 0 && (
        <Checkbox checked={accepted} onChange={(event) => setAccepted(event.target.checked)} style={{ marginTop: 12 }}>
          还有 {assumed.length} 处修复、推定或新建未逐一确认，我已了解并接受；任务上会标“待确认”
        </Checkbox>
      )}
    </Modal>
  );
}
