import {
  CheckCircleFilled,
  ClockCircleOutlined,
  ExclamationCircleFilled,
  MinusCircleOutlined,
  PlayCircleFilled,
  QuestionCircleFilled,
} from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import {
  LATENESS_WORDS,
  PERIOD_PHASE_WORDS,
  REPORT_STATUS_WORDS,
  TASK_STATE_WORDS,
  type Lateness,
  type ReportStatus,
  type TaskState,
  type Tone,
} from '../wording/task-words.ts';

export const TONE_ICONS: Record<Tone, ReactNode> = {
  waiting: <ClockCircleOutlined />,
  moving: <PlayCircleFilled />,
  asking: <QuestionCircleFilled />,
  wrong: <ExclamationCircleFilled />,
  done: <CheckCircleFilled />,
  quiet: <MinusCircleOutlined />,
};

/** A word with a mark of its own: who cannot tell the colours still reads the state. */
export function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`mark mark-${tone}`}>
      {TONE_ICONS[tone]}
      {children}
    </span>
  );
}

export function StateMark({ state }: { state: TaskState }) {
  const { label, tone, hint } = TASK_STATE_WORDS[state];
  return (
    <Tooltip title={hint}>
      <span>
        <Mark tone={tone}>{label}</Mark>
      </span>
    </Tooltip>
  );
}

export function PhaseMark({ phase }: { phase: string }) {
  const words = PERIOD_PHASE_WORDS[phase] ?? { label: phase, tone: 'quiet' as const };
  return <Mark tone={words.tone}>{words.label}</Mark>;
}

export function LatenessMark({ lateness }: { lateness: Lateness }) {
  if (lateness === 'none') return null;
  return <Mark tone={lateness === 'late' ? 'wrong' : 'asking'}>{LATENESS_WORDS[lateness]}</Mark>;
}

export function ReportMark({ status }: { status: ReportStatus }) {
  const { label, tone } = REPORT_STATUS_WORDS[status];
  return <Mark tone={tone}>{label}</Mark>;
}
