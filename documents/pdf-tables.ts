import { linesOf } from './pdf-lines.ts';
import type { PdfLine, PdfPiece } from './pdf-lines.ts';
import type { Ruling } from './pdf-rulings.ts';

const TOUCH = 3;
const MAX_RULINGS = 6000;
const MAX_GRID = 120;

/** A ruled table on a page: its cells' texts row by row, merged cells repeated, and where it stands. */
export interface PdfTable {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly rows: readonly (readonly string[])[];
}

function clustered(values: readonly number[]): number[] {
  const result: number[] = [];
  for (const value of [...values].sort((a, b) => a - b)) {
    const last = result.at(-1);
    if (last === undefined || value - last > TOUCH) result.push(value);
  }
  return result;
}

function touches(a: Ruling, b: Ruling): boolean {
  if (a.vertical === b.vertical) {
    return Math.abs(a.at - b.at) <= TOUCH && a.from <= b.to + TOUCH && b.from <= a.to + TOUCH;
  }
  return a.at >= b.from - TOUCH && a.at <= b.to + TOUCH && b.at >= a.from - TOUCH && b.at <= a.to + TOUCH;
}

class Groups {
  private readonly parent: number[];

  constructor(size: number) {
    this.parent = Array.from({ length: size }, (_, index) => index);
  }

  find(index: number): number {
    let root = index;
    while (this.parent[root] !== root) root = this.parent[root] ?? root;
    this.parent[index] = root;
    return root;
  }

  join(a: number, b: number): void {
    this.parent[this.find(a)] = this.find(b);
  }
}

/** Rulings that hang together are one table; a frame of several tables on a page gives several. */
function connected(rulings: readonly Ruling[]): Ruling[][] {
  const groups = new Groups(rulings.length);
  // Sorted by their lower end on one axis, so that only near ones are compared.
  const order = rulings
    .map((ruling, index) => ({
      ruling,
      index,
      low: ruling.vertical ? ruling.at : ruling.from,
      high: ruling.vertical ? ruling.at : ruling.to,
    }))
    .sort((a, b) => a.low - b.low);
  let active: typeof order = [];
  for (const item of order) {
    active = active.filter((other) => other.high >= item.low - TOUCH);
    for (const other of active) if (touches(item.ruling, other.ruling)) groups.join(item.index, other.index);
    active.push(item);
  }
  const byRoot = new Map<number, Ruling[]>();
  rulings.forEach((ruling, index) => {
    const root = groups.find(index);
    byRoot.set(root, [...(byRoot.get(root) ?? []), ruling]);
  });
  return [...byRoot.values()];
}

function hasRuling(rulings: readonly Ruling[], vertical: boolean, at: number, middle: number): boolean {
  return rulings.some(
    (ruling) =>
      ruling.vertical === vertical && Math.abs(ruling.at - at) <= TOUCH && ruling.from <= middle && ruling.to >= middle,
  );
}

function indexBetween(edges: readonly number[], value: number): number {
  for (let index = 0; index + 1 < edges.length; index += 1) {
    if (value >= (edges[index] ?? 0) && value < (edges[index + 1] ?? 0)) return index;
  }
  return -1;
}

/** Text of one cell: a line that fills the cell goes on in the next, a short one ends a paragraph. */
function cellText(pieces: readonly PdfPiece[], right: number): string {
  let text = '';
  let previous: PdfLine | null = null;
  for (const line of linesOf(pieces)) {
    if (previous !== null && previous.right < right - 2 * previous.size) text += ' ';
    text += line.text;
    previous = line;
  }
  return text.trim();
}

function middle(edges: readonly number[], index: number): number {
  return ((edges[index] ?? 0) + (edges[index + 1] ?? 0)) / 2;
}

function tableOf(rulings: readonly Ruling[], pieces: readonly PdfPiece[]): PdfTable | null {
  const xs = clustered(rulings.filter((ruling) => ruling.vertical).map((ruling) => ruling.at));
  const ys = clustered(rulings.filter((ruling) => !ruling.vertical).map((ruling) => ruling.at));
  const [columns, lines] = [xs.length - 1, ys.length - 1];
  if (columns < 2 || lines < 2 || columns > MAX_GRID || lines > MAX_GRID) return null;
  const groups = new Groups(columns * lines);
  for (let y = 0; y < lines; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const cell = y * columns + x;
      if (x + 1 < columns && !hasRuling(rulings, true, xs[x + 1] ?? 0, middle(ys, y))) groups.join(cell, cell + 1);
      if (y + 1 < lines && !hasRuling(rulings, false, ys[y + 1] ?? 0, middle(xs, x))) groups.join(cell, cell + columns);
    }
  }
  const contents = new Map<number, { pieces: PdfPiece[]; right: number }>();
  for (const piece of pieces) {
    const x = indexBetween(xs, piece.x + Math.min(piece.width, piece.height) / 2);
    const y = indexBetween(ys, piece.y + piece.height * 0.3);
    if (x < 0 || y < 0) continue;
    const root = groups.find(y * columns + x);
    const content = contents.get(root) ?? { pieces: [], right: 0 };
    content.pieces.push(piece);
    content.right = Math.max(content.right, xs[x + 1] ?? 0);
    contents.set(root, content);
  }
  const texts = new Map([...contents].map(([root, content]) => [root, cellText(content.pieces, content.right)]));
  const rows: string[][] = [];
  for (let y = lines - 1; y >= 0; y -= 1) {
    rows.push(Array.from({ length: columns }, (_, x) => texts.get(groups.find(y * columns + x)) ?? ''));
  }
  return { top: ys.at(-1) ?? 0, bottom: ys[0] ?? 0, left: xs[0] ?? 0, right: xs.at(-1) ?? 0, rows };
}

/** The ruled tables of a page, from top to bottom. Pages of drawings, with thousands of rulings, hold none that we read. */
export function findTables(rulings: readonly Ruling[], pieces: readonly PdfPiece[]): PdfTable[] {
  if (rulings.length > MAX_RULINGS) return [];
  return connected(rulings)
    .map((group) => tableOf(group, pieces))
    .filter((table) => table !== null)
    .sort((a, b) => b.top - a.top);
}

export function isInside(table: PdfTable, piece: PdfPiece): boolean {
  const y = piece.y + piece.height * 0.3;
  return piece.x >= table.left - TOUCH && piece.x <= table.right && y >= table.bottom && y <= table.top;
}
