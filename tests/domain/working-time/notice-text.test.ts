import { describe, expect, it } from 'vitest';
import { validateCalendarYear } from '../../../domain/working-time/calendar-year-check.ts';
import { provisionalYear } from '../../../domain/working-time/provisional-year.ts';
import { publishedSeedYears } from '../../../domain/working-time/published-years.ts';
import { readHolidayNotice } from '../../../domain/working-time/notice-text.ts';
import { seededRandom } from './seeded-random.ts';
import { noticeLine, noticeText } from './notice-writer.ts';

const seeds = publishedSeedYears();
const codes = (text: string, year?: number): string[] => readHolidayNotice(text, year).problems.map(({ code }) => code);

describe('a pasted notice', () => {
  it.each(seeds)('of $year gives the days that it orders', (seed) => {
    const reading = readHolidayNotice(noticeText(seed));
    expect(reading).toEqual({
      year: seed.year,
      off: seed.off,
      working: seed.working,
      documentNumber: '国办发明电〔2030〕1号',
      problems: [],
    });
  });

  it('reads the same in full and half width, with any spacing, joined or broken anywhere', () => {
    const random = seededRandom(11);
    for (const seed of seeds) {
      for (let round = 0; round < 20; round += 1) {
        const broken = [...noticeText(seed)]
          .map((char) => char + random.pick(['', '', '', ' ', '\n', '\u3000', '\u00A0']))
          .join('');
        expect(readHolidayNotice(broken)).toMatchObject({
          year: seed.year,
          off: seed.off,
          working: seed.working,
          problems: [],
        });
      }
      const wide = noticeText(seed).replace(/[0-9()]/g, (char) =>
        String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0),
      );
      expect(readHolidayNotice(wide)).toMatchObject({ off: seed.off, working: seed.working, problems: [] });
    }
  });

  it.each([
    ['元旦：1月1日放假，与周末连休。', ['2027-01-01'], []],
    ['元旦：1月1日（周五）放假1天，不调休。', ['2027-01-01'], []],
    ['元旦：2026年12月31日至2027年1月2日放假调休，共3天。', ['2026-12-31', '2027-01-01', '2027-01-02'], []],
    ['元旦：12月31日至1月2日放假调休，共3天。', ['2026-12-31', '2027-01-01', '2027-01-02'], []],
    ['劳动节：4月30日至5月2日放假，共3天。', ['2027-04-30', '2027-05-01', '2027-05-02'], []],
    ['清明节：4月5日（星期一）放假，共1天。4月11日（星期天）上班。', ['2027-04-05'], ['2027-04-11']],
    ['端午节：6月9日－10日放假，共2天。', ['2027-06-09', '2027-06-10'], []],
    ['端午节：6月9日、10日放假，共2天。', ['2027-06-09', '2027-06-10'], []],
    [
      '中秋节：9月15日（农历八月十五、周三）休息。9月18日（周六）、19日（周日）照常上班。',
      ['2027-09-15'],
      ['2027-09-18', '2027-09-19'],
    ],
    [
      '国庆节：10月1日至3日放假，共3天，9月26日（周日）和10月9日（周六）上班。',
      ['2027-10-01', '2027-10-02', '2027-10-03'],
      ['2027-09-26', '2027-10-09'],
    ],
  ])('reads %s', (line, off, working) => {
    expect(readHolidayNotice(line, 2027)).toMatchObject({ off, working, problems: [] });
  });

  it('takes no order from principles, advice, addresses and signatures', () => {
    const text = `新华社北京11月12日电 国务院办公厅关于2027年部分节假日安排的通知
      根据修订后的办法，自2025年1月1日起增加放假2天，国庆节自10月1日起放假调休7天，元旦如逢周三则只在当日放假。
      一、元旦：1月1日（周五）至3日（周日）放假，共3天。
      鼓励用人单位安排职工在除夕前一日（2月4日）休息。
      2026年11月10日`;
    expect(readHolidayNotice(text)).toEqual({
      year: 2027,
      off: ['2027-01-01', '2027-01-02', '2027-01-03'],
      working: [],
      documentNumber: null,
      problems: [],
    });
  });

  it('finds the year of a notice that moves one holiday, and leaves the rest to the check', () => {
    const reading = readHolidayNotice(
      '关于调整2027年劳动节假期安排的通知\n5月1日至4日放假调休，共4天。4月25日（星期日）上班。',
    );
    expect(reading).toMatchObject({ year: 2027, working: ['2027-04-25'], problems: [] });
    expect(reading.off).toHaveLength(4);
    const check = validateCalendarYear({ ...provisionalYear(2027), ...reading, year: 2027, published: true });
    expect(check.filter(({ code }) => code === 'holiday-missing')).toHaveLength(6);
  });

  it('lists what it cannot read instead of dropping it', () => {
    const reading = readHolidayNotice('延长2027年春节假期至2月14日（农历正月初九），2月15日（星期一）起正常上班。');
    expect(reading.problems.map(({ code, blocking }) => [code, blocking])).toEqual([
      ['unread-sentence', false],
      ['nothing-found', true],
    ]);
    expect(reading.problems[0]?.detail).toContain('2月14日');
  });

  it.each([
    ['a weekday that belongs to another year', '元旦：1月1日（周四）放假，共1天。', 'wrong-weekday'],
    ['a count that the dates do not give', '元旦：1月1日至3日放假，共4天。', 'wrong-count'],
    ['a day that does not exist', '元旦：2月30日放假。', 'bad-date'],
    ['a day without any month', '元旦：3日放假。', 'bad-date'],
    ['a range that runs backwards', '劳动节：5月5日至1日放假。', 'bad-range'],
    ['a range of months', '劳动节：5月1日至8月1日放假。', 'bad-range'],
    ['a text about something else', '请各科室报送月度小结。', 'nothing-found'],
    ['the same day twice', '国庆节：10月1日至3日放假。中秋节：10月3日放假。', 'repeated-date'],
  ])('says so about %s', (_case, text, code) => {
    expect(codes(text, 2027)).toContain(code);
  });

  it('asks for the year when nobody names it, and refuses another one than chosen', () => {
    const line = noticeLine('元旦', ['2027-01-01'], []);
    expect(readHolidayNotice(line)).toMatchObject({ year: null, off: [] });
    expect(codes(line)).toEqual(['year-unknown']);
    const [seed] = seeds;
    expect(codes(seed === undefined ? '' : noticeText(seed), 2027)).toContain('year-conflict');
  });

  it('ends at once on a flood of text', () => {
    expect(codes('1月1日、'.repeat(100_000), 2027)).toEqual(['text-too-long']);
    expect(codes('1月1日(周五)至'.repeat(4_000), 2027)).toContain('nothing-found');
    expect(codes('1月1日、'.repeat(9_000), 2027)).toContain('nothing-found');
  });
});
