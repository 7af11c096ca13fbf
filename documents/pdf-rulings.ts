/** A horizontal or vertical ruling on a page, in points; `from` is the smaller end. */
export interface Ruling {
  readonly vertical: boolean;
  /** x of a vertical ruling, y of a horizontal one. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

type Matrix = readonly [number, number, number, number, number, number];

/** The operator codes that matter here, under the names that the PDF library gives them. */
export interface OperatorCodes {
  readonly save: number;
  readonly restore: number;
  readonly transform: number;
  readonly paintFormXObjectBegin: number;
  readonly paintFormXObjectEnd: number;
  readonly constructPath: number;
  readonly endPath: number;
}

export interface OperatorList {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const STRAIGHT = 1.5;
const MIN_LENGTH = 4;
// Codes of a drawn path and how many numbers follow each: move, line, cubic curve, quadratic curve, close.
const OPERANDS = [2, 2, 6, 4, 0];

function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[2] * b[1],
    a[1] * b[0] + a[3] * b[1],
    a[0] * b[2] + a[2] * b[3],
    a[1] * b[2] + a[3] * b[3],
    a[0] * b[4] + a[2] * b[5] + a[4],
    a[1] * b[4] + a[3] * b[5] + a[5],
  ];
}

function asMatrix(value: unknown): Matrix | null {
  const list = Array.isArray(value) || value instanceof Float32Array ? Array.from(value as ArrayLike<number>) : [];
  return list.length === 6 && list.every((item) => Number.isFinite(item)) ? (list as unknown as Matrix) : null;
}

function addSegment(rulings: Ruling[], a: readonly [number, number], b: readonly [number, number]): void {
  const [dx, dy] = [Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])];
  if (dx <= STRAIGHT && dy >= MIN_LENGTH) {
    rulings.push({ vertical: true, at: (a[0] + b[0]) / 2, from: Math.min(a[1], b[1]), to: Math.max(a[1], b[1]) });
  } else if (dy <= STRAIGHT && dx >= MIN_LENGTH) {
    rulings.push({ vertical: false, at: (a[1] + b[1]) / 2, from: Math.min(a[0], b[0]), to: Math.max(a[0], b[0]) });
  }
}

/** A border may be a stroked line or a thin filled box: in both, its long sides are straight segments. */
function addPath(rulings: Ruling[], path: ArrayLike<number>, matrix: Matrix): void {
  const point = (x: number, y: number): [number, number] => [
    matrix[0] * x + matrix[2] * y + matrix[4],
    matrix[1] * x + matrix[3] * y + matrix[5],
  ];
  let start: [number, number] | null = null;
  let current: [number, number] | null = null;
  for (let index = 0; index < path.length;) {
    const code = path[index] ?? -1;
    const count = OPERANDS[code];
    if (count === undefined) return;
    const end = index + 1 + count;
    const next: [number, number] | null = count === 0 ? start : point(path[end - 2] ?? 0, path[end - 1] ?? 0);
    if ((code === 1 || code === 4) && current !== null && next !== null) addSegment(rulings, current, next);
    if (code === 0) start = next;
    current = next;
    index = end;
  }
}

/** Every straight ruling that a page draws, in the page's own coordinates. */
export function rulingsOf(operators: OperatorList, codes: OperatorCodes): Ruling[] {
  const rulings: Ruling[] = [];
  const stack: Matrix[] = [];
  let matrix: Matrix = IDENTITY;
  operators.fnArray.forEach((code, index) => {
    const args = operators.argsArray[index];
    if (code === codes.save) stack.push(matrix);
    else if (code === codes.restore || code === codes.paintFormXObjectEnd) matrix = stack.pop() ?? IDENTITY;
    else if (code === codes.transform) matrix = multiply(matrix, asMatrix(args) ?? IDENTITY);
    else if (code === codes.paintFormXObjectBegin) {
      stack.push(matrix);
      matrix = multiply(matrix, asMatrix((args as unknown[] | null)?.[0]) ?? IDENTITY);
    } else if (code === codes.constructPath && Array.isArray(args) && args[0] !== codes.endPath) {
      const [path] = Array.isArray(args[1]) ? args[1] : [];
      if (path instanceof Float32Array || Array.isArray(path)) addPath(rulings, path as ArrayLike<number>, matrix);
    }
  });
  return rulings;
}
