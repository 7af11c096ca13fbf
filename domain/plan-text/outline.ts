import { combine, completes, type ParagraphPart, takeApart } from './annotated-paragraph.ts';
import type { Annotation } from './annotation.ts';
import { cut, type Folded } from './folding.ts';
import { clean, headingText, isHeadingLike, withoutTextLabel, opensMeasures } from './item-text.ts';
import { MARK_RANKS, type MarkKind, type NumberMark } from './number-marks.ts';
import { lineOf, type Paragraph } from './paragraphs.ts';
import type { PlanProblem } from './plan-reading.ts';

/** A task as found in the text, its annotation not yet resolved. */
export type DraftTask = { path: string[]; heading: string; text: string; annotation: Annotation; line: number };

/** A numbered heading or item. */
type Node = {
  mark: NumberMark | null;
  parent: Node | null;
  own: string;
  line: number;
  /** It, or something below it, carries an annotation. */ annotated: boolean;
};

/** A stretch of text since the last annotation. */
type Item = { node: Node; own: boolean; aside: boolean; text: string; line: number };

export class Outline {
  readonly tasks: DraftTask[] = [];
  readonly problems: PlanProblem[] = [];
  readonly #root: Node = { mark: null, parent: null, own: '', line: 1, annotated: false };
  #node: Node = this.#root;
  #pending: Item[] = [];
  /** Tasks that the last annotation made: a further label line may complete them. */
  #batch: DraftTask[] = [];
  #batchNode: Node = this.#root;
  #looseHeading = '';
  /** The item whose measures are being listed below 整改措施: or 工作举措:. */
  #measured: Node = this.#root;
  /** Nodes below which an item has become a task: an unmarked sibling is worth a question. */
  readonly #parentsOfTasks = new Set<Node>();

  readonly #title: string;

  readonly #sentences: boolean;

  /**
   * `title`: the plan's own, folded. Where it stands, the numbering of the notice before it ends. `sentences`: whether a
   * plain sentence of responsibility counts as an annotation.
   */
  constructor(title = '', sentences = false) {
    this.#title = title;
    this.#sentences = sentences;
  }

  addParagraph(paragraph: Paragraph): void {
    if (this.#beginsPlan(paragraph.text.f)) {
      this.#release();
      this.#node = this.#root;
      this.#looseHeading = '';
      return;
    }
    const parts = withTitleApart(paragraph.text, takeApart(paragraph.text, this.#sentences));
    let before: Item | null = null;
    parts.forEach((part, index) => {
      const line = lineOf(paragraph, part.type === 'text' ? part.markFrom : part.from);
      if (part.type === 'text' && index === parts.length - 1 && this.#goesOn(paragraph.text, parts, part)) return;
      if (part.type === 'text') {
        const body = cut(paragraph.text, part.from, part.to);
        const next = parts[index + 1];
        // `3. 责任单位:…` numbers a label, not an item.
        if (body.f === '' && next?.type === 'annotation') return;
        before = this.#addText(body, part.mark, line, next?.type === 'annotation');
        return;
      }
      if (before !== null) this.#closeItem(before, part.annotation, line);
      else this.#closeAbove(part.annotation, line);
      before = null;
    });
  }

  /** 强化信访化解(信访科牵头),确保化解率95%以上: the sentence goes on behind its annotation. */
  #goesOn(text: Folded, parts: readonly ParagraphPart[], part: ParagraphPart): boolean {
    const [task] = this.#batch;
    const annotation = parts.at(-2);
    if (task === undefined || annotation?.type !== 'annotation' || part.type !== 'text' || part.mark !== null)
      return false;
    if (
      annotation.from === 0 ||
      '。;!?'.includes(text.f.charAt(annotation.from - 1)) ||
      text.f.charAt(annotation.to) === '。'
    ) {
      return false;
    }
    task.text += clean(cut(text, annotation.to, part.to), '');
    return true;
  }

  #beginsPlan(f: string): boolean {
    return f.length >= 6 && this.#title.startsWith(f) && f.length * 3 >= this.#title.length;
  }

  /** Ends the running text, as a table or the end of the document does. */
  finish(): void {
    this.#release();
  }

  /** Numbers and nearest heading of the place reached, for a table that stands there. */
  position(): { path: string[]; heading: string } {
    return { path: pathOf(this.#node), heading: titleOf(this.#node) };
  }

  #addText(body: Folded, mark: NumberMark | null, line: number, annotated: boolean): Item {
    if (mark !== null) {
      this.#open(mark, line);
      this.#looseHeading = '';
    }
    if (opensMeasures(body)) this.#measured = (mark === null ? this.#node : this.#node.parent) ?? this.#root;
    const { text, aside } = withoutTextLabel(body);
    if (mark !== null) this.#node.own = text;
    const item: Item = { node: this.#node, own: mark !== null, aside, text, line };
    if (!annotated && mark === null && isHeadingLike(text) && !aside) this.#looseHeading = text;
    // After an annotation, a line on who is in charge or what is to be reached is no new task.
    if (aside && this.#pending.length === 0 && mark === null) return item;
    if (text !== '') this.#pending.push(item);
    return item;
  }

  #open(mark: NumberMark, line: number): void {
    let parent = this.#node;
    const same = sameKind(parent, mark.kind);
    if (same !== null) parent = same.parent ?? this.#root;
    else {
      // A mark of an outer kind closes items of inner kinds that have text of their own.
      while (
        parent.mark !== null &&
        MARK_RANKS[parent.mark.kind] > MARK_RANKS[mark.kind] &&
        !isHeadingLike(parent.own)
      ) {
        parent = parent.parent ?? this.#root;
      }
    }
    this.#release((item) => !isWithin(item.node, parent));
    this.#node = { mark, parent, own: '', line, annotated: false };
  }

  /** An annotation at the end of a stretch of text belongs to that stretch alone. */
  #closeItem(item: Item, annotation: Annotation, line: number): void {
    this.#pending = this.#pending.filter((other) => other !== item);
    markAnnotated(item.node);
    this.#release();
    const above = headingText(this.#looseHeading) || titleOf(item.node);
    const heading = item.own ? runInHeading(item.text, item.node.parent) : above;
    this.#batch = [this.#task(item.node, heading, item.text, annotation, item.line)];
    this.#batchNode = item.node;
    if (annotation.cutOff) this.#reportCutOff(line);
  }

  /** An annotation on a line of its own serves what stands above it since the last one. */
  #closeAbove(annotation: Annotation, line: number): void {
    if (annotation.cutOff) this.#reportCutOff(line);
    const last = this.#pending.at(-1);
    if (last === undefined) {
      this.#complete(annotation, line);
      return;
    }
    const measured = this.#measured.mark !== null && isWithin(last.node, this.#measured);
    const served = measured
      ? [{ node: this.#measured, items: this.#pending.filter((item) => isWithin(item.node, this.#measured)) }]
      : servedNodes(this.#pending, last.node);
    const first = served[0]?.items[0];
    for (const { node } of served) markAnnotated(node);
    this.#pending = first === undefined ? [] : this.#pending.slice(0, this.#pending.indexOf(first));
    this.#release();
    this.#batch = served.map(({ node, items }) => this.#taskOf(node, items, annotation));
    this.#batchNode = last.node;
    this.#pending = [];
    this.#looseHeading = '';
  }

  #complete(annotation: Annotation, line: number): void {
    const first = this.#batch[0];
    if (first !== undefined && completes(first.annotation, annotation)) {
      for (const task of this.#batch) task.annotation = combine(task.annotation, annotation);
      return;
    }
    this.problems.push({
      line,
      code: 'annotation-without-task',
      detail: '此处有责任或时限标注，但找不到它所对应的任务文字',
    });
  }

  #taskOf(node: Node, items: readonly Item[], annotation: Annotation): DraftTask {
    const kept = items.some((item) => !item.aside) ? items.filter((item) => !item.aside) : items;
    const own = kept.find((item) => item.own);
    // Without any number, only the paragraph right above is certain to be the task.
    const rest = kept.filter((item) => item !== own).slice(node.mark === null ? -1 : 0);
    const titled = own !== undefined && rest.length > 0 && isHeadingLike(own.text);
    const texts = (titled || own === undefined ? rest : [own, ...rest]).map((item) => item.text);
    const heading = titled
      ? headingText(own.text)
      : own === undefined
        ? titleOf(node)
        : runInHeading(own.text, node.parent);
    const start = titled ? rest[0] : kept[0];
    return this.#task(node, heading, texts.join('\n'), annotation, start?.line ?? node.line);
  }

  #task(node: Node, heading: string, text: string, annotation: Annotation, line: number): DraftTask {
    const task: DraftTask = { path: pathOf(node), heading, text, annotation, line };
    this.tasks.push(task);
    if (node.parent !== null) this.#parentsOfTasks.add(node.parent);
    return task;
  }

  /** What was pending belongs to no annotation: body of a heading that carries one, or an item without. */
  #release(leaves: (item: Item) => boolean = () => true): void {
    const pending = this.#pending.filter(leaves);
    this.#pending = this.#pending.filter((item) => !leaves(item));
    const [task] = this.#batch;
    if (pending.length === 0) return;
    if (task !== undefined && this.#batch.length === 1 && isHeadingLike(task.text)) {
      const body = pending.filter(
        (item) =>
          isWithin(item.node, this.#batchNode) &&
          /[。;]$/u.test(item.text) &&
          !(item.own && item.node === this.#batchNode),
      );
      if (
        body.length > 0 &&
        body.length <= 12 &&
        body.length === pending.filter((item) => isWithin(item.node, this.#batchNode)).length
      ) {
        task.heading = headingText(task.text);
        task.text = [task.text, ...body.map((item) => item.text)].join('\n');
        this.#batch = [];
        return;
      }
    }
    for (const item of pending) this.#reportBareItem(item);
  }

  #reportBareItem(item: Item): void {
    const { mark, parent } = item.node;
    if (!item.own || mark === null || !/[。；;]$/u.test(item.text) || parent === null) return;
    if (item.node.annotated || !this.#parentsOfTasks.has(parent)) return;
    this.problems.push({
      line: item.line,
      code: 'item-without-annotation',
      detail: `“${mark.label}”项没有责任部门或时限标注，而同级各项有，请确认是否为任务`,
    });
  }

  #reportCutOff(line: number): void {
    this.problems.push({
      line,
      code: 'annotation-cut-off',
      detail: '标注的括号没有收尾，可能被换页截断，请核对责任部门和时限',
    });
  }
}

/**
 * 一、环境类。清除堆物…(责任单位:甲)。修补路面…(责任单位:乙): the first sentence of a paragraph with several tasks is their
 * title, so it is parted from the first of them.
 */
function withTitleApart(text: Folded, parts: readonly ParagraphPart[]): ParagraphPart[] {
  const [first, annotation, second] = parts;
  if (first?.type !== 'text' || first.mark === null || annotation?.type !== 'annotation') return [...parts];
  if (second?.type !== 'text' || second.mark !== null || parts[3]?.type !== 'annotation') return [...parts];
  const stop = text.f.slice(first.from, Math.min(first.to, first.from + 34)).search(/[。:]/u);
  if (stop < 2 || first.from + stop + 1 >= first.to) return [...parts];
  const at = first.from + stop + 1;
  return [{ ...first, to: at }, { ...first, from: at, mark: null, markFrom: at }, ...parts.slice(1)];
}

function markAnnotated(node: Node): void {
  for (let at: Node | null = node; at !== null && !at.annotated; at = at.parent) at.annotated = true;
}

type Served = { node: Node; items: Item[] };

/** The nodes that an annotation line serves: the last one and its bare siblings right before it, each with its text. */
function servedNodes(pending: readonly Item[], last: Node): Served[] {
  const served: Served[] = [];
  for (let i = pending.length - 1; i >= 0; i -= 1) {
    const item = pending[i];
    if (item === undefined) break;
    const current = served.at(-1);
    if (current !== undefined && item.node === current.node) {
      current.items.push(item);
      continue;
    }
    const sibling = last.mark !== null && item.node.parent === last.parent && item.node.mark?.kind === last.mark.kind;
    // What follows a sibling's own annotation (整改目标, 整改措施) is its body and owes nothing to the next one's.
    if (item.node !== last && (!sibling || item.node.annotated)) break;
    served.push({ node: item.node, items: [item] });
  }
  return served.toReversed().map(({ node, items }) => ({ node, items: items.toReversed() }));
}

function sameKind(from: Node, kind: MarkKind): Node | null {
  for (let node: Node | null = from; node !== null; node = node.parent) if (node.mark?.kind === kind) return node;
  return null;
}

function isWithin(node: Node, ancestor: Node): boolean {
  for (let at: Node | null = node; at !== null; at = at.parent) if (at === ancestor) return true;
  return false;
}

function pathOf(node: Node): string[] {
  const path: string[] = [];
  for (let at: Node | null = node; at !== null; at = at.parent) {
    if (at.mark !== null && at.mark.label !== '') path.unshift(at.mark.label);
  }
  return path;
}

/** The title of a heading, which may run into text of its own: (一)健全清单。按照…。 */
function titleOf(node: Node | null): string {
  const own = node?.own ?? '';
  const stop = own.search(/[。：:]/u);
  return headingText(stop >= 2 && stop <= 32 ? own.slice(0, stop) : own.slice(0, 80));
}

/** 2.完善竣工验收制度。结合…: the first short sentence of an item is its title. */
function runInHeading(text: string, parent: Node | null): string {
  const stop = text.search(/[。：:]/u);
  if (stop >= 2 && stop <= 32 && stop < text.length - 1) return headingText(text.slice(0, stop));
  return titleOf(parent);
}
