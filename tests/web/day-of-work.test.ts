import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWebRig, type WebRig } from './web-rig.ts';

const DISPATCH = '综合协调处督办岗';
const COORDINATOR = '政策法规处联络员';
const HEAD = '政策法规处负责人';

/** A plan of this test's own: two departments of the sample bureau, both due long after the sample's clock. */
const PLAN = `关于印发《执法文书规范工作方案》的通知

示执法〔2026〕31号

2026年11月2日

执法文书规范工作方案

一、工作任务

（一）统一文书样式。

1. 编制样式。

编制统一的执法文书样式并组织试用。（责任部门：政策法规处；完成时间：2099年6月底前）

2. 开展培训。

对文书制作人员开展培训并考核。（责任部门：教育训练中心、政策法规处；完成时间：2099年9月底前）
`;

let rig: WebRig;
beforeAll(async () => {
  rig = await startWebRig();
}, 180_000);
afterAll(async () => {
  await rig?.stop();
});

test('who is not signed in is asked to, told what is wrong, and brought to where they wanted', async () => {
  const page = await rig.anonymousPage();
  await page.goto('/tasks?state=unclaimed');
  await page.getByLabel('姓名').fill(COORDINATOR);
  await page.getByLabel('密码').fill('not-the-password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('姓名或密码不对。').waitFor();
  await page.getByLabel('密码').fill('bihuan-demo-2026');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '任务', exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe('?state=unclaimed');
});

test('a plan is handed in, checked, published, and its task goes from claim to verified', async () => {
  const dispatcher = await rig.pageOf(DISPATCH);
  await dispatcher.goto('/plans/new');
  await dispatcher
    .locator('input[type=file]')
    .setInputFiles({ name: '工作方案.txt', mimeType: 'text/plain', buffer: Buffer.from(PLAN) });
  await dispatcher.getByRole('heading', { name: /执法文书规范工作方案/u }).waitFor();
  await dispatcher.getByText('编制统一的执法文书样式并组织试用。', { exact: true }).waitFor();
  await dispatcher.getByRole('button', { name: '全部确认' }).click();
  await dispatcher.locator('.ant-popconfirm').getByRole('button', { name: '全部确认' }).click();
  await dispatcher.getByText('只看待确认（0）').waitFor();
  await dispatcher.getByRole('button', { name: /发布……/u }).click();
  const rest = dispatcher.getByRole('checkbox', { name: /未逐一确认/u });
  if (await rest.isVisible()) await rest.check();
  await dispatcher.getByRole('button', { name: '发布 2 项任务' }).click();
  await dispatcher.getByText('已发布：2 项任务开始运行').waitFor();

  const coordinator = await rig.pageOf(COORDINATOR);
  await coordinator.goto('/');
  await coordinator
    .getByRole('link', { name: /编制统一的执法文书样式/u })
    .first()
    .click();
  await coordinator.getByRole('button', { name: '认领', exact: true }).click();
  await coordinator.getByTestId('send').click();
  await coordinator.getByText('政策法规处认领任务').waitFor();
  await coordinator.getByRole('button', { name: '提请办结', exact: true }).click();
  await coordinator.getByLabel('完成情况').fill('样式已编制，三个中队试用一个月。');
  await coordinator
    .locator('.ant-drawer input[type=file]')
    .setInputFiles({ name: '样式.txt', mimeType: 'text/plain', buffer: Buffer.from('样式汇编') });
  await coordinator.locator('.ant-upload-list-item-done').waitFor();
  await coordinator.getByTestId('send').click();
  await coordinator.getByText('样式已编制，三个中队试用一个月。').first().waitFor();
  const task = new URL(coordinator.url()).pathname;

  const head = await rig.pageOf(HEAD);
  await head.goto('/');
  await head.getByRole('heading', { name: /待我审核/u }).waitFor();
  await head.goto(task);
  await head.getByRole('button', { name: '审核通过', exact: true }).click();
  await head.getByTestId('send').click();
  await head.locator('.marks').getByText('待核查').waitFor();

  await dispatcher.goto(task);
  await dispatcher.getByRole('button', { name: '核查销号', exact: true }).click();
  await dispatcher.getByTestId('send').click();
  await dispatcher.locator('.marks').getByText('已办结').waitFor();
  expect(await dispatcher.getByRole('button', { name: '核查销号', exact: true }).count()).toBe(0);
  // The other pages hear of it without being asked again by hand.
  await head.locator('.marks').getByText('已办结').waitFor();
}, 90_000);

test('a correction made on an old version is told, and nothing of the other person is lost', async () => {
  const first = await rig.pageOf(DISPATCH);
  await first.goto('/plans/new');
  const buffer = Buffer.from(PLAN.replaceAll('执法文书规范', '执法用语规范'));
  await first.locator('input[type=file]').setInputFiles({ name: '用语.txt', mimeType: 'text/plain', buffer });
  await first.getByRole('heading', { name: /执法用语规范工作方案/u }).waitFor();
  const second = await rig.pageOf(DISPATCH);
  await second.goto(new URL(first.url()).pathname);
  for (const page of [first, second]) {
    await page.getByRole('button', { name: '更正' }).first().click();
    await page.getByLabel('任务文字').waitFor();
  }
  await first.getByLabel('任务文字').fill('先到的人改定的文字。');
  await first.getByRole('button', { name: '保存', exact: true }).click();
  await first.locator('.item-card').getByText('先到的人改定的文字。').waitFor();
  await second.getByLabel('任务文字').fill('后到的人写的文字。');
  await second.getByRole('button', { name: '保存', exact: true }).click();
  await second
    .getByRole('alert')
    .getByText(/已被他人修改/u)
    .waitFor();
  await second.reload();
  await second.locator('.item-card').getByText('先到的人改定的文字。').waitFor();
  expect(await second.getByText('后到的人写的文字。').count()).toBe(0);
});

test('an answer that was lost on the way is asked for again and the thing is done once', async () => {
  const page = await rig.pageOf('教育训练中心联络员');
  await page.goto('/tasks?state=unclaimed');
  await page.getByRole('link', { name: /组织全体执法人员/u }).click();
  const keys: (string | undefined)[] = [];
  await page.route('**/commands/claim', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    // The server does what it was asked for; the first answer never arrives.
    const answer = await route.fetch();
    await (keys.length === 1 ? route.abort() : route.fulfill({ response: answer }));
  });
  await page.getByRole('button', { name: '认领', exact: true }).click();
  await page.getByTestId('send').click();
  await page.getByText('正在确认').waitFor();
  await page.locator('.ant-drawer').waitFor({ state: 'detached' });
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(1);
  await page.getByText('教育训练中心认领任务').waitFor();
  expect(await page.getByText('教育训练中心认领任务').count()).toBe(1);
});

test('the keyboard finds a task and walks the inbox', async () => {
  const page = await rig.pageOf(COORDINATOR);
  await page.goto('/');
  await page.getByRole('heading', { name: '工作台' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('裁量基准');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/tasks' && url.searchParams.get('q') === '裁量基准');
  const rows = page.locator('tr.ant-table-row');
  await rows.getByRole('link', { name: /修订常见违法行为裁量基准/u }).waitFor();
  expect(await rows.count()).toBe(1);
  await page.goto('/inbox');
  const unread = page.locator('[data-unread=true]');
  await unread.first().waitFor();
  const before = await unread.count();
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await expect.poll(() => unread.count()).toBe(before - 1);
});

test('on a phone no page is wider than the screen', async () => {
  const page = await rig.pageOf(DISPATCH, { width: 390, height: 844 });
  await page.goto('/plans');
  const plan = await page.locator('li', { hasText: '已发布' }).locator('a').first().getAttribute('href');
  await page.goto('/tasks');
  const task = await page.locator('a[href^="/tasks/task-"]').first().getAttribute('href');
  for (const path of ['/', '/tasks', task, '/plans', plan, `${plan}/review`, '/inbox', '/sheets', '/calendar', '/me']) {
    await page.goto(path ?? '/');
    await page.locator('#content h1, #content .marks').first().waitFor();
    await page.waitForLoadState('load');
    const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(over, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
  }
});

test('no page threw an error', () => {
  expect(rig.complaints).toEqual([]);
});
