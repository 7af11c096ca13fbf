import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import type { CSSProperties } from 'react';

/** A civil date `YYYY-MM-DD` as the value of a form. */
export function DateField({
  value,
  onChange,
  min,
  max,
  style = { width: 200 },
  ...rest
}: {
  value?: string | null;
  onChange?: (date: string | null) => void;
  min?: string | undefined;
  max?: string | undefined;
  style?: CSSProperties;
  placeholder?: string;
  id?: string;
  allowClear?: boolean;
}) {
  return (
    <DatePicker
      {...rest}
      style={style}
      value={value == null ? null : dayjs(value)}
      onChange={(date) => onChange?.(date === null ? null : date.format('YYYY-MM-DD'))}
      {...(min === undefined ? {} : { minDate: dayjs(min) })}
      {...(max === undefined ? {} : { maxDate: dayjs(max) })}
    />
  );
}
