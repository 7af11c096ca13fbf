import type { Tone } from '../wording/task-words.ts';

export const PLAN_STATUS_WORDS: Record<'draft' | 'published' | 'withdrawn', { label: string; tone: Tone }> = {
  draft: { label: '草稿', tone: 'asking' },
  published: { label: '已发布', tone: 'done' },
  withdrawn: { label: '已撤回', tone: 'quiet' },
};
