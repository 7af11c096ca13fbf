import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { publishedSeedYears } from '../../../domain/working-time/published-years.ts';

const COMMAND = fileURLToPath(new URL('../../../stack/commands/calendar.ts', import.meta.url));

function calendar(args: string[], timeZone = 'UTC'): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    encoding: 'utf8',
    env: { ...process.env, TZ: timeZone },
  });
  return { status, stdout, stderr };
}

describe('the calendar command', () => {
  it.each(publishedSeedYears())('prints the published year $year', ({ year, off, working, source }) => {
    expect(JSON.parse(calendar([String(year), '--json']).stdout)).toEqual({
      year,
      published: true,
      off,
      working,
      source,
    });
  });

  it('prints an unpublished year as provisional, the same in every time zone', () => {
    for (const zone of ['UTC', 'America/New_York', 'Pacific/Kiritimati']) {
      const answer: unknown = JSON.parse(calendar(['2027', '--json'], zone).stdout);
      expect(answer).toMatchObject({ year: 2027, published: false, working: [] });
      expect(answer).toHaveProperty('off.3', '2027-02-07');
      expect(answer).toHaveProperty('source', expect.stringContaining('暂定'));
    }
  });

  it.each([
    ['2025-09-26', '5', { date: '2025-10-10', provisional: false }],
    ['2026-12-28', '10', { date: '2027-01-12', provisional: true }],
    ['2025-10-10', '-5', { date: '2025-09-26', provisional: false }],
    ['2025-10-04', '0', { date: '2025-10-04', provisional: false }],
    ['2023-12-29', '1', { date: '2024-01-02', provisional: true }],
  ])('adds to %s %s working days', (from, add, expected) => {
    expect(JSON.parse(calendar(['--from', from, '--add', add, '--json']).stdout)).toEqual(expected);
  });

  it('speaks Chinese without --json', () => {
    expect(calendar(['2027']).stdout).toContain('2027年工作日历（暂定）');
    expect(calendar(['--from', '2025-09-26', '--add', '5']).stdout.trim()).toBe(
      '2025-09-26（周五）后第5个工作日是2025-10-10（周五）',
    );
    expect(calendar(['--from', '2026-12-31', '--add', '1']).stdout).toContain('暂定');
  });

  it.each([
    [[]],
    [['--json']],
    [['abcd']],
    [['1899']],
    [['2025', '2026']],
    [['2025', '--from', '2025-01-01', '--add', '1']],
    [['--from', '2025-01-01']],
    [['--add', '1']],
    [['--from', '2025-02-29', '--add', '1', '--json']],
    [['--from', '2025-02-01', '--add', 'x']],
    [['--from', '2025-02-01', '--add', '1.5']],
    [['--from', '2025-02-01', '--add', '99999']],
    [['--from']],
    [['--unknown']],
  ])('refuses %j with one Chinese line', (args) => {
    const { status, stdout, stderr } = calendar(args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^.*\p{Script=Han}.*\n$/u);
  });
});
