import { parseArgs } from 'node:util';
import { addWorkingDays, type CalendarYear } from '../../domain/working-time/calendar.ts';
import { isCivilDate, weekdayOf, yearOf } from '../../domain/working-time/civil-date.ts';
import { calendarThrough, provisionalYear } from '../../domain/working-time/provisional-year.ts';
import { publishedSeedYears } from '../../domain/working-time/published-years.ts';

// `npm run -s calendar -- YEAR` and `-- --from D --add N`: the calendar that ships with the program, without a running
// stack. Notices entered in a running stack are read through GET /api/calendar/:year.

const USAGE =
  '用法：npm run -s calendar -- 年份 [--json]，或 npm run -s calendar -- --from 日期 --add 工作日数 [--json]';
const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];
const LONGEST_ADD = 5000;

class BadArguments extends Error {}

function withWeekday(date: string): string {
  return `${date}（周${WEEKDAYS[weekdayOf(date)]}）`;
}

function yearAnswer(text: string): CalendarYear {
  if (!/^\d{4}$/.test(text)) throw new BadArguments(`年份须为四位数字：${text}`);
  const year = Number(text);
  if (year < 2000 || year > 2099) throw new BadArguments(`年份须在2000至2099之间：${text}`);
  return publishedSeedYears().find((entry) => entry.year === year) ?? provisionalYear(year);
}

function additionAnswer(from: string, add: string): { date: string; provisional: boolean } {
  if (!isCivilDate(from)) throw new BadArguments(`--from 须为存在的日期，写作 YYYY-MM-DD：${from}`);
  const n = /^[+-]?\d{1,5}$/.test(add) ? Number(add) : Number.NaN;
  if (!(Math.abs(n) <= LONGEST_ADD))
    throw new BadArguments(`--add 须为 -${LONGEST_ADD} 至 ${LONGEST_ADD} 的整数：${add}`);
  const first = yearOf(from);
  if (first < 2001 || first > 2098) throw new BadArguments(`--from 须在2001至2098年之间：${from}`);
  const seeds = publishedSeedYears();
  const reach = Math.ceil(Math.abs(n) / 200) + 1;
  const calendar = calendarThrough(seeds, Math.min(2099, first + reach), 'seed', Math.max(2000, first - reach));
  return addWorkingDays(calendar, from, n);
}

/** `--add -3` would read as two options; joined to `--add=-3` it is one. */
function joinNegativeCount(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (const part of argv) {
    if (joined.at(-1) === '--add' && /^-\d/.test(part)) joined[joined.length - 1] = `--add=${part}`;
    else joined.push(part);
  }
  return joined;
}

function print(argv: string[]): void {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    allowNegative: false,
    options: { json: { type: 'boolean' }, from: { type: 'string' }, add: { type: 'string' } },
  });
  const json = values.json === true;
  const adds = values.from !== undefined || values.add !== undefined;
  if (adds && positionals.length === 0) {
    if (values.from === undefined || values.add === undefined)
      throw new BadArguments(`--from 与 --add 须同时给出。${USAGE}`);
    const answer = additionAnswer(values.from, values.add);
    const mark = answer.provisional ? '（暂定：跨入尚未公布放假安排的年份）' : '';
    const n = Number(values.add);
    const way = n < 0 ? '前' : '后';
    console.log(
      json
        ? JSON.stringify(answer)
        : `${withWeekday(values.from)}${way}第${Math.abs(n)}个工作日是${withWeekday(answer.date)}${mark}`,
    );
    return;
  }
  const [year] = positionals;
  if (adds || year === undefined || positionals.length > 1) throw new BadArguments(USAGE);
  const { published, off, working, source, ...entry } = yearAnswer(year);
  if (json) {
    console.log(JSON.stringify({ year: entry.year, published, off, working, source }));
    return;
  }
  console.log(`${entry.year}年工作日历${published ? '' : '（暂定）'}`);
  console.log(`依据：${source}`);
  console.log(`放假（${off.length}天）：${off.map(withWeekday).join('、')}`);
  console.log(`调休上班（${working.length}天）：${working.length === 0 ? '无' : working.map(withWeekday).join('、')}`);
}

try {
  print(joinNegativeCount(process.argv.slice(2)));
} catch (error) {
  const unknown = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof BadArguments || error instanceof RangeError || unknown)) throw error;
  console.error(unknown ? `不认识的参数。${USAGE}` : error.message);
  process.exitCode = 1;
}
