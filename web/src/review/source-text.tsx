import { useEffect, useMemo, useRef } from 'react';
import type { Plan } from './review-words.ts';

/** The plan's own text by lines, with what the reader doubted beside the line it doubted. */
export function SourceText({
  text,
  plan,
  chosen,
  choose,
}: {
  text: string;
  plan: Plan;
  chosen: string | null;
  choose: (item: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => text.split(/\r\n|\r|\n/u), [text]);
  const problems = useMemo(() => {
    const byLine = new Map<number, string[]>();
    for (const { line, detail } of plan.problems) byLine.set(line, [...(byLine.get(line) ?? []), detail]);
    return byLine;
  }, [plan.problems]);
  const items = useMemo(
    () => new Map(plan.items.flatMap((item) => (item.line === null ? [] : [[item.line, item.id] as const]))),
    [plan.items],
  );
  const chosenLine = plan.items.find((item) => item.id === chosen)?.line ?? null;
  useEffect(() => {
    if (chosenLine === null || box.current === null) return;
    const line = box.current.querySelector<HTMLElement>(`[data-line="${chosenLine}"]`);
    // Scrolls the box alone: the page, and the card that was pressed, stay where they are.
    if (line !== null) box.current.scrollTop = line.offsetTop - box.current.offsetTop - 80;
  }, [chosenLine]);
  return (
    <div className="source-lines" ref={box} tabIndex={0} role="region" aria-label="计划原文">
      {lines.map((line, index) => {
        const number = index + 1;
        const item = items.get(number);
        const doubts = problems.get(number) ?? [];
        const kinds = [
          'line',
          item === undefined ? '' : 'line-task',
          doubts.length > 0 ? 'line-problem' : '',
          number === chosenLine ? 'line-chosen' : '',
        ].join(' ');
        return (
          // A line has no other identity than its number.
          // oxlint-disable-next-line react/no-array-index-key
          <div
            key={number}
            className={kinds}
            data-line={number}
            onClick={item === undefined ? undefined : () => choose(item)}
          >
            <span>{number}</span>
            <span>
              {line}
              {doubts.map((doubt) => (
                <span key={doubt} className="line-note">
                  ▲ {doubt}
                </span>
              ))}
            </span>
          </div>
        );
      })}
    </div>
  );
}
