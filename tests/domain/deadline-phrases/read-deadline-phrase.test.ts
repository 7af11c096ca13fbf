import { describe, expect, it } from 'vitest';
import { readDeadlinePhrase } from '../../../domain/deadline-phrases/read-deadline-phrase.ts';

const context = { issuedOn: '2024-06-04', year: null };

function read(raw: string): ReturnType<typeof readDeadlinePhrase> {
  return readDeadlinePhrase(raw, context);
}

describe('a date', () => {
  it.each([
    ['2024年6月', '2024-06-30'],
    ['2024年2月底前', '2024-02-29'],
    ['2025年10月31日前', '2025-10-31'],
    ['2024年一季度', '2024-03-31'],
    ['2024年第三季度末', '2024-09-30'],
    ['2025年上半年', '2025-06-30'],
    ['2025年底前', '2025-12-31'],
    ['2025年内', '2025-12-31'],
    ['2025年', '2025-12-31'],
    ['2024.9.30', '2024-09-30'],
    ['2024-09', '2024-09-30'],
    ['2024/9/15', '2024-09-15'],
    ['２０２４年９月底', '2024-09-30'],
    ['2024 年 9 月 中旬', '2024-09-20'],
    ['二〇二五年六月三十日前', '2025-06-30'],
    ['2024年6月底前完成', '2024-06-30'],
    ['2024年1月至2025年6月', '2025-06-30'],
    ['2024年—2025年', '2025-12-31'],
    ['2023-2025年', '2025-12-31'],
    ['2024年7-9月', '2024-09-30'],
    ['2024年6月底前出台方案，2024年9月底前完成', '2024-09-30'],
  ])('%s means its last day', (raw, date) => {
    expect(read(raw)).toMatchObject({ kind: 'date', date, repaired: false });
  });

  it.each([
    ['20243月', '2024-03-31'],
    ['202410月', '2024-10-31'],
    ['202464', '2024-06-04'],
    ['20241231日', '2024-12-31'],
    ['2024\uFFFD6月', '2024-06-30'],
    ['2024底', '2024-12-31'],
  ])('%s is repaired and says so', (raw, date) => {
    expect(read(raw)).toMatchObject({ kind: 'date', date, repaired: true });
  });

  it('is not guessed where two readings fit', () => {
    expect(read('2024111').kind).toBe('none');
  });

  it('takes the year of issue where none is written, and flags it', () => {
    expect(read('9月底前')).toMatchObject({ date: '2024-09-30', yearAssumed: true });
    expect(read('年底前')).toMatchObject({ date: '2024-12-31', yearAssumed: true });
    expect(read('明年3月底前')).toMatchObject({ date: '2025-03-31', yearAssumed: true });
  });

  it('prefers the year of the title, and the year just written', () => {
    expect(readDeadlinePhrase('5月底前', { issuedOn: '2023-12-20', year: 2024 }).date).toBe('2024-05-31');
    const carried = read('2025年3月底前启动，9月底前完成');
    expect(carried.date).toBe('2025-09-30');
    expect(carried.yearAssumed).toBeUndefined();
  });

  it('rolls a spring deadline into the next year for a plan issued in winter', () => {
    expect(readDeadlinePhrase('3月底前', { issuedOn: '2023-12-20', year: null }).date).toBe('2024-03-31');
  });

  it('reads X月前 as the last day of X and offers the day before X', () => {
    expect(read('2024年9月前')).toMatchObject({ date: '2024-09-30', alternative: '2024-08-31' });
    expect(read('2024年9月底前').alternative).toBeUndefined();
    expect(read('2024年9月15日前').alternative).toBeUndefined();
  });

  it('marks 原则上 as soft and 长期坚持 after a date as going on', () => {
    expect(read('原则上2024年9月底前').soft).toBe(true);
    expect(read('2024年12月底前，并长期坚持')).toMatchObject({ kind: 'date', date: '2024-12-31', continues: true });
  });

  it('counts from the day of issue', () => {
    expect(read('印发之日起30日内').date).toBe('2024-07-04');
    expect(read('本方案印发后3个月内').date).toBe('2024-09-04');
    expect(read('自印发之日起十五日内').date).toBe('2024-06-19');
    expect(readDeadlinePhrase('印发之日起30日内', { issuedOn: null, year: null }).kind).toBe('none');
  });

  it('leaves working days to a calendar', () => {
    expect(read('印发之日起10个工作日内')).toMatchObject({ kind: 'none', date: null, workingDays: 10 });
  });
});

describe('what recurs, goes on, or is done', () => {
  it.each([
    ['每年', 'year'],
    ['每季度', 'quarter'],
    ['每月', 'month'],
    ['每季度末', 'quarter'],
    ['2024—2025年每年12月底前', 'year'],
  ])('%s recurs', (raw, every) => {
    expect(read(raw)).toMatchObject({ kind: 'recurring', every, date: null });
  });

  it('keeps the day within the period', () => {
    expect(read('每年11月底前').dueInPeriod).toEqual({ month: 11, day: 30 });
    expect(read('每月25日前').dueInPeriod).toEqual({ month: null, day: 25 });
  });

  it('says that a half-year recurs although no period of ours fits', () => {
    expect(read('每半年')).toMatchObject({ kind: 'recurring', every: null });
  });

  it.each(['长期坚持', '持续推进', '長期堅持', '常态化', '全年持续推进', '2024年6月起持续推进'])(
    '%s goes on',
    (raw) => {
      expect(read(raw)).toMatchObject({ kind: 'ongoing', date: null });
    },
  );

  it('marks 即知即改 as immediate', () => {
    expect(read('即知即改')).toMatchObject({ kind: 'ongoing', immediate: true });
  });

  it.each(['已建立', '已完成', '均已出台', '已完成并长期坚持'])('%s is declared done', (raw) => {
    expect(read(raw).kind).toBe('declared-done');
  });

  it('takes a date before the recurrence as the deadline', () => {
    expect(read('2024年9月底前出台，此后每年评估')).toMatchObject({ kind: 'date', date: '2024-09-30' });
  });

  it.each(['', '视情况而定', '按上级要求', '2024', '13月', '99999999'])('%j is read as none', (raw) => {
    expect(read(raw)).toMatchObject({ kind: 'none', date: null, every: null });
  });
});
