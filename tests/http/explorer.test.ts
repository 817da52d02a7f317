import type { Browser, Page } from 'playwright-core';
import { blueprint } from '../../src/entities/blueprint';
import { Graph } from '../../src/graph/graph';
import { createServer, type Server } from '../../src/server';
import { hasBrowser, openBrowser } from '../support/browser';

/** The page at /explore in a real browser, against the real server. */
const uri = process.env.YUNTU_TEST_NEO4J_URI as string;
let graph: Graph;
let server: Server;
let origin: string;
let browser: Browser | undefined;
let page: Page;
const complaints: string[] = [];
const asked: string[] = [];

beforeAll(async () => {
  graph = new Graph({ uri });
  server = await createServer({ graph, blueprint });
  origin = await server.app.listen({ host: '127.0.0.1', port: 0 });
  if (!hasBrowser) return;
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  page.setDefaultTimeout(40_000);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => asked.push(request.url()));
});

afterAll(async () => {
  await browser?.close();
  await server.close();
  await graph.close();
});

const inBrowser = hasBrowser ? test : test.skip;
if (!hasBrowser) console.warn('The page of pictures was not opened: no Chromium here.');

interface Drawn {
  readonly id: string;
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

/** What of the page's own object the tests look at. */
interface Canvas {
  nodes(): { length: number; map<T>(each: (node: CanvasNode) => T): T[] };
  edges(selector: string): { length: number };
}
interface CanvasNode {
  id(): string;
  data(name: string): string;
  position(): { x: number; y: number };
}
declare const document: { getElementById(id: string): { picture: { cy: Canvas } } };

/** What is drawn, and where on the page's own canvas. */
const drawn = (): Promise<Drawn[]> =>
  page.evaluate(() =>
    document
      .getElementById('picture')
      .picture.cy.nodes()
      .map((node) => ({ id: node.id(), key: node.data('key'), ...node.position() })),
  );

const untilKnown = (name: string) => page.locator('#panel h1', { hasText: name }).waitFor();

test('all of the page comes from this server alone', async () => {
  const reply = await fetch(`${origin}/explore`);
  expect(reply.headers.get('content-type')).toContain('text/html');
  const links = [...(await reply.text()).matchAll(/(?:src|href)="(\/explore\/[^"]+)"/g)];
  expect(links.length).toBeGreaterThanOrEqual(3);
  for (const [, link] of links) expect((await fetch(origin + link)).status).toBe(200);
});

inBrowser(
  'it draws what `graph` answers, and tells of what is chosen with its sources',
  async () => {
    await page.goto(`${origin}/explore?seeds=Trend:going-global&depth=1`);
    await untilKnown('go global');
    const reply = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: '{ graph(seeds: ["Trend:going-global"], depth: 1) { nodes { id } } }',
      }),
    });
    const { data } = (await reply.json()) as { data: { graph: { nodes: { id: string }[] } } };
    expect((await drawn()).map(({ id }) => id).sort()).toEqual(
      data.graph.nodes.map(({ id }) => id).sort(),
    );
    expect(await page.locator('#panel .said').count()).toBeGreaterThan(0);
    expect(await page.locator('#panel .cited').first().textContent()).toContain('p. ');
    expect(await page.locator('#legend div').count()).toBeGreaterThan(3);
  },
  90_000,
);

inBrowser(
  'a badge unfolds its node: more is drawn, and what was drawn stays where it is',
  async () => {
    const before = await drawn();
    const badge = page.locator('.badge').first();
    const id = await badge.getAttribute('data-node');
    const more = Number((await badge.textContent())?.slice(1));
    await badge.dispatchEvent('click');
    await page.waitForFunction(
      (count) => document.getElementById('picture').picture.cy.nodes().length > count,
      before.length,
    );
    const after = new Map((await drawn()).map((node) => [node.id, node]));
    for (const { id: each, x, y } of before) expect(after.get(each)).toMatchObject({ x, y });
    expect(after.size).toBeGreaterThan(before.length);
    expect(after.size).toBeLessThanOrEqual(before.length + more);
    await expect(page.locator(`.badge[data-node="${id}"]`).count()).resolves.toBe(0);
  },
  90_000,
);

inBrowser(
  'a name is found while typing, in Chinese and English, and drawn',
  async () => {
    await page.fill('#text', '智谱');
    await page.locator('#found li', { hasText: 'Zhipu AI' }).waitFor();
    await page.keyboard.press('Enter');
    await untilKnown('Zhipu AI');
    expect((await drawn()).filter(({ key }) => key.startsWith('glm-')).length).toBeGreaterThan(3);
    await page.click('#language');
    await untilKnown('智谱');
    const legend = await page.locator('#legend div').allTextContents();
    const kinds = legend.map((line) => line.replace(/\d+$/, ''));
    expect(kinds).toEqual(expect.arrayContaining(['模型', '地区']));
    const namesZh = blueprint.nouns.map(({ nameZh }) => nameZh);
    expect(namesZh).toEqual(expect.arrayContaining(kinds));
    await page.click('#language');
  },
  90_000,
);

inBrowser(
  'a way between two things is told in sentences and drawn',
  async () => {
    for (const [field, name] of [
      ['#from', 'moonshot'],
      ['#to', 'openai'],
    ] as const) {
      await page.fill(field, name);
      await page.locator(`${field}-found li .kind`).first().waitFor();
      await page.keyboard.press('Enter');
    }
    await page.click('#way button');
    const way = page.locator('#ways li', { hasText: 'Moonshot AI' }).first();
    await way.waitFor();
    await way.click();
    await page.waitForFunction(
      () => document.getElementById('picture').picture.cy.edges('.way').length > 0,
    );
    const keys = (await drawn()).map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['moonshot-ai', 'openai']));
    await page.click('#files');
    const file = await page.locator('#file-list a').first().getAttribute('href');
    expect((await fetch(origin + file)).status).toBe(200);
  },
  90_000,
);

inBrowser('nothing was asked of any other host, and the browser complained of nothing', () => {
  expect(asked.length).toBeGreaterThan(10);
  for (const url of asked) expect(url.startsWith(origin) || url.startsWith('data:')).toBe(true);
  expect(complaints).toEqual([]);
});
