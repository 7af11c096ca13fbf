import { parentPort, workerData } from 'node:worker_threads';
import { rehearse, type Rehearsal } from '../domain/rehearsal/rehearse.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
parentPort?.postMessage(rehearse(workerData as Rehearsal));
