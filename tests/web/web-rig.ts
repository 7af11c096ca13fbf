import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { chromium as driver, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { loadSample, startApplication, type Application } from '../../stack/application.ts';
import { searchAttributes } from '../../stack/search-attributes.ts';
import { ensurePages } from '../../stack/web-pages.ts';
import { freshDatabase, type TestDatabase } from '../rig/database.ts';

const PASSWORD = 'bihuan-demo-2026';
const KEYWORD = 2;

/** The whole application over the run's servers, with the sample bureau in it, and a browser to use it with. */
export interface WebRig {
  url: string;
  app: Application;
  /** A page of a person who is signed in; one context a person, as on one computer each. */
  pageOf(person: string, viewport?: { width: number; height: number }): Promise<Page>;
  anonymousPage(): Promise<Page>;
  /** What went wrong on any page: errors of scripts, and what a console reported as one. */
  complaints: string[];
  stop(): Promise<void>;
}

export async function startWebRig(): Promise<WebRig> {
  await ensurePages((line) => process.stderr.write(`${line}\n`));
  const database = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-web-'));
  // The application's task queue has one name: a namespace of its own keeps its workflows from other files' workers.
  const temporalNamespace = await ownNamespace();
  const app = await startApplication({
    databaseUrl: database.url,
    temporalAddress: inject('temporalAddress'),
    temporalNamespace,
    port: 0,
    host: '127.0.0.1',
    dataDir,
    env: {},
    log: () => undefined,
  });
  await loadSample(app, () => undefined);
  const browser = await driver.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? (await chromium.executablePath()),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  return rigOver(app, browser, database, dataDir);
}

function rigOver(app: Application, browser: Browser, database: TestDatabase, dataDir: string): WebRig {
  const complaints: string[] = [];
  const watch = (context: BrowserContext) => {
    context.setDefaultTimeout(15_000);
    context.on('weberror', (error) => complaints.push(String(error.error())));
  };
  return {
    url: app.url,
    app,
    complaints,
    async anonymousPage() {
      const context = await browser.newContext({ locale: 'zh-CN', baseURL: app.url });
      watch(context);
      return context.newPage();
    },
    async pageOf(person, viewport = { width: 1440, height: 900 }) {
      const context = await browser.newContext({ locale: 'zh-CN', baseURL: app.url, viewport });
      watch(context);
      const signedIn = await context.request.post('/api/session', { data: { name: person, password: PASSWORD } });
      if (!signedIn.ok()) throw new Error(`${person} could not sign in: ${await signedIn.text()}`);
      return context.newPage();
    },
    async stop() {
      await browser.close();
      await app.stop();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function ownNamespace(): Promise<string> {
  const namespace = `web-${process.pid}-${Date.now()}`;
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(Object.keys(searchAttributes).map((name) => [name, KEYWORD])),
    });
  } finally {
    await connection.close();
  }
  return namespace;
}
