import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { MonthOfPlan } from './months-of-plan.ts';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Named here because the chart measures its words outside of the page, where nothing is inherited. */
const FONTS = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

const SERIES = [
  { key: 'done', name: '已办结', color: '#1b7a4d' },
  { key: 'open', name: '未到期或在办', color: '#6f9cc4' },
  { key: 'late', name: '逾期', color: '#b8322a' },
] as const;

/** Next due dates by month. Pressing a month opens its list. */
export function DueChart({ months, choose }: { months: MonthOfPlan[]; choose: (month: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current === null) return undefined;
    const chart = init(box.current, null, { renderer: 'svg' });
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: FONTS },
      grid: { left: 30, right: 8, top: 34, bottom: 24 },
      legend: { top: 0, left: 0, itemGap: 18, itemWidth: 12, itemHeight: 10, textStyle: { color: '#4a5563' } },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: {
        type: 'category',
        data: months.map(({ month }, index) => (index === 0 ? fullLabel(month) : label(month))),
        axisTick: { show: false },
        axisLabel: { color: '#4a5563' },
      },
      yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: '#e4e8ee' } } },
      series: SERIES.map(({ key, name, color }) => ({
        name,
        type: 'bar',
        stack: 'tasks',
        barMaxWidth: 26,
        cursor: 'pointer',
        itemStyle: { color },
        data: months.map((month) => month[key]),
      })),
    });
    chart.on('click', ({ dataIndex }) => {
      const month = months[dataIndex as number];
      if (month !== undefined) choose(month.month);
    });
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(box.current);
    return () => {
      resized.disconnect();
      chart.dispose();
    };
  }, [months, choose]);
  const said = months
    .filter(({ done, open, late }) => done + open + late > 0)
    .map(({ month, done, open, late }) => `${fullLabel(month)}${done + open + late}项，办结${done}，逾期${late}`)
    .join('；');
  return <div ref={box} style={{ height: 200 }} role="img" aria-label={`各月到期：${said}`} />;
}

function fullLabel(month: string): string {
  const [year, number] = month.split('-');
  return `${year}年${Number(number)}月`;
}

function label(month: string): string {
  return month.endsWith('-01') ? fullLabel(month) : `${Number(month.slice(5))}月`;
}
