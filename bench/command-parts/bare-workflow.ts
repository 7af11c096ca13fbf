import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

/** The other side of the comparison: a workflow that does nothing but answer its updates. */
export async function bare(): Promise<void> {
  let count = 0;
  setHandler(defineUpdate<number, [string]>('count'), () => {
    count += 1;
    return count;
  });
  await condition(() => count < 0);
}
