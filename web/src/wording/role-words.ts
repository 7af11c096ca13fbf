import type { Role } from '../sign-in/session.tsx';

export const ROLE_WORDS: Record<Role, string> = {
  coordinator: '部门联络员',
  head: '部门负责人',
  officer: '承办人员',
  dispatcher: '信息指挥中心',
  'supervising-office': '综合协调处',
  inspectorate: '督察大队',
  'case-centre': '案件管理中心',
  'review-group': '复核工作组',
  deputy: '分管局领导',
  director: '局领导',
  'director-office': '局办公室',
  auditor: '执法监督员',
  administrator: '系统管理员',
};

export const ROLES = Object.keys(ROLE_WORDS) as Role[];

export function roleName(role: string): string {
  return role in ROLE_WORDS ? ROLE_WORDS[role as Role] : role;
}
