import type { Answer } from '../api/request.ts';

export type Task = Answer<'GET /api/tasks/{id}'>;
export type Action = Task['actions'][number];
export type ActionName = Action['name'];
export type Period = Task['periods'][number];
export type TimelineEntry = Answer<'GET /api/tasks/{id}/timeline'>['items'][number];
