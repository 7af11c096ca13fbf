import { Select, type SelectProps } from 'antd';
import { useRead } from '../api/use-read.ts';

/** Departments that are in use, by name. */
export function useDepartmentOptions(): { value: string; label: string }[] {
  const departments = useRead('GET /api/departments', {});
  return (departments.data?.items ?? [])
    .filter((department) => department.active && department.id !== 'bureau')
    .map((department) => ({ value: department.id, label: department.name }));
}

export function DepartmentSelect(props: Omit<SelectProps<string>, 'options'>) {
  const options = useDepartmentOptions();
  return <Select<string> showSearch={{ optionFilterProp: 'label' }} placeholder="部门" {...props} options={options} />;
}
