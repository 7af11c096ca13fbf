import { Link } from 'react-router';
import type { Tone } from '../wording/task-words.ts';

export interface FigureItem {
  label: string;
  /** A text where only a lower bound is known, as 50+. */
  value: number | string;
  to?: string;
  tone?: Tone | undefined;
}

/** Figures, each of which opens the list that it counts. */
export function Figures({ items }: { items: FigureItem[] }) {
  return (
    <div className="figures">
      {items.map(({ label, value, to, tone }) => {
        const shown = (
          <>
            <b>{value}</b>
            <span>{label}</span>
          </>
        );
        const className = `figure ${tone === undefined || value === 0 ? '' : `figure-${tone}`}`;
        return to === undefined ? (
          <div key={label} className={className}>
            {shown}
          </div>
        ) : (
          <Link key={label} className={className} to={to}>
            {shown}
          </Link>
        );
      })}
    </div>
  );
}
