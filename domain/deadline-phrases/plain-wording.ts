/** Last years of the five-year plans. */
const PLAN_ENDS: Record<string, number> = { 三: 2020, 四: 2025, 五: 2030, 六: 2035 };

/**
 * Puts folded wordings that name a day in a roundabout way into the plain ones: “十四五”期末 is the end of 2025, 2025年Q3 a
 * third quarter, 11月15日至30日 ends on the 30th, 国庆节前 on 30 September. What it does not know it leaves as it stands.
 */
export function plainWording(f: string): string {
  return f
    .replaceAll(/["“”']?十([三四五六])五["“”']?(?:规划)?(?:时期末?|期间|期末|末期?|收官)/gu, (whole, plan: string) => {
      const year = PLAN_ENDS[plan];
      return year === undefined ? whole : `${year}年底`;
    })
    .replaceAll(/Q([1-4])(?!\d)/gu, '第$1季度')
    .replaceAll(/(\d{1,2}月)\d{1,2}[日号]?[至到\-~](\d{1,2}[日号])/gu, '$1$2')
    .replaceAll(/["“”]?国庆["“”]?(?:节|假期)?(?:之|以)?前/gu, '9月30日前')
    .replaceAll(/["“”]?五一["“”]?(?:节|假期)?(?:之|以)?前/gu, '4月30日前');
}
