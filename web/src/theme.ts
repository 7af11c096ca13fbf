import type { ThemeConfig } from 'antd';

/** One blue that stays readable on white (7.6:1), ink that is nearly black, and quiet greys around it. */
export const INK = '#1d2530';
export const BLUE = '#1d5486';

export const theme: ThemeConfig = {
  cssVar: { key: 'bihuan' },
  hashed: false,
  token: {
    colorPrimary: BLUE,
    colorInfo: BLUE,
    colorSuccess: '#1b7a4d',
    colorWarning: '#b05f00',
    colorError: '#b8322a',
    colorInfoBg: '#e9f1f8',
    colorSuccessBg: '#e6f4ec',
    colorWarningBg: '#fdf1df',
    colorErrorBg: '#fcebe9',
    colorText: INK,
    colorTextSecondary: '#4a5563',
    colorTextTertiary: '#5f6b7a',
    colorTextDescription: '#566271',
    colorTextPlaceholder: '#667180',
    colorBgLayout: '#f3f5f8',
    colorBorder: '#cfd6df',
    colorBorderSecondary: '#e4e8ee',
    borderRadius: 6,
    fontSize: 14,
    fontFamily:
      '"PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif',
    motionDurationMid: '0.15s',
    motionDurationSlow: '0.2s',
    controlHeight: 34,
  },
  components: {
    Table: { cellPaddingBlockSM: 9, cellPaddingInlineSM: 10, headerBg: '#f7f9fb', headerColor: '#3b4653' },
    Tabs: { horizontalMargin: '0 0 12px 0' },
    Menu: {
      itemSelectedBg: '#e6eff7',
      itemSelectedColor: BLUE,
      itemActiveBg: '#e6eff7',
      itemBorderRadius: 6,
      itemHeight: 38,
      itemMarginInline: 8,
    },
    Card: { bodyPaddingSM: 14 },
  },
};
