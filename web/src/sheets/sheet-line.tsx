import { Input, InputNumber, Radio, Switch } from 'antd';
import { Link } from 'react-router';
import { DueDate } from '../parts/due-date.tsx';
import { Mark, ReportMark } from '../parts/state-mark.tsx';
import { longDate } from '../time/civil-days.ts';
import { REPORT_STATUS_WORDS, type ReportStatus } from '../wording/task-words.ts';
import { monthName, type SheetEntry, type SheetLine } from './sheet-words.ts';

const LONGEST = 5000;

/** One task of the sheet: what was said last beside what is said now. */
export function SheetLineRow({
  line,
  entry,
  editable,
  change,
}: {
  line: SheetLine;
  entry: SheetEntry | null;
  editable: boolean;
  change: (entry: SheetEntry) => void;
}) {
  const shown: SheetEntry = entry ?? { task: line.task, status: 'normal', text: '', noProgress: false, indicators: [] };
  const value = (id: string) => shown.indicators.find((each) => each.id === id)?.value ?? null;
  return (
    <article className="sheet-line">
      <div>
        <div className="quiet small">
          {line.number} {line.due !== null && <DueDate due={line.due} finished />}
          {line.due !== null && ' 到期'}
        </div>
        <Link to={`/tasks/${line.task}`} style={{ color: 'inherit' }}>
          {line.text}
        </Link>
        {line.last !== null && (
          <div className="quiet small" style={{ marginTop: 4 }}>
            上次（{line.last.month === null ? longDate(line.last.on) : monthName(line.last.month)}）：
            {line.last.noProgress ? '无新进展，' : ''}
            {line.last.text}
          </div>
        )}
      </div>
      <div className="sheet-entry">
        {editable ? (
          <>
            <div className="sheet-entry-top">
              <Radio.Group
                size="small"
                optionType="button"
                aria-label={`${line.number} 进度`}
                value={shown.status}
                onChange={(event) => change({ ...shown, status: event.target.value as ReportStatus })}
                options={Object.entries(REPORT_STATUS_WORDS).map(([status, words]) => ({
                  value: status,
                  label: words.label,
                }))}
              />
              <label style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
                <Switch
                  size="small"
                  checked={shown.noProgress}
                  onChange={(noProgress) => change({ ...shown, noProgress })}
                />
                无新进展
              </label>
              {line.basis === 'carried-over' && entry === line.entry && <Mark tone="asking">沿用上次文字</Mark>}
            </div>
            <Input.TextArea
              aria-label={`${line.number} ${shown.noProgress ? '原因' : '本月进展'}`}
              value={shown.text}
              maxLength={LONGEST}
              autoSize={{ minRows: 2, maxRows: 10 }}
              placeholder={shown.noProgress ? '写明没有新进展的原因' : '本月做了什么，到什么程度'}
              onChange={(event) => change({ ...shown, text: event.target.value })}
            />
            {line.indicators.map((indicator) => (
              <label key={indicator.id} className="small" style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
                <span style={{ flex: 1 }}>{indicator.raw}</span>
                <InputNumber
                  size="small"
                  suffix={indicator.unit}
                  value={value(indicator.id)}
                  onChange={(number) =>
                    change({
                      ...shown,
                      indicators: [
                        ...shown.indicators.filter((each) => each.id !== indicator.id),
                        ...(number === null ? [] : [{ id: indicator.id, value: number }]),
                      ],
                    })
                  }
                />
              </label>
            ))}
          </>
        ) : entry === null ? (
          <span className="quiet">没有填</span>
        ) : (
          <>
            <span>
              <ReportMark status={entry.status} /> {entry.noProgress && <Mark tone="quiet">无新进展</Mark>}
            </span>
            <span style={{ whiteSpace: 'pre-wrap' }}>{entry.text}</span>
            {line.indicators.map((indicator) => (
              <span key={indicator.id} className="small">
                <span className="quiet">{indicator.raw}：</span>
                {value(indicator.id) === null ? '没有填' : `${value(indicator.id)}${indicator.unit ?? ''}`}
              </span>
            ))}
          </>
        )}
      </div>
    </article>
  );
}
