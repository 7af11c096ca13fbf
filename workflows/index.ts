export { evaluation, sheet, task } from './entities.ts';
export { commandUpdate, reviseSignal, stateQuery, wakeSignal } from './message-definitions.ts';
export { anchor, calendarHorizon, digest, watchdog } from './scheduled.ts';
