// Which assertions count for a named score: a result may have as many of either as it has room for.
import { addToList } from '../../platform/add-to-list.ts';

/** Ways in which the names of templates begin and end; of more than these it is not told which a name comes of. */
const MOST_TEMPLATES = 100;

interface OfMetrics {
  /** Named scores that it counts for; a name may be a template. */
  metrics: readonly string[];
}

interface Template<P> {
  before: string;
  after: string;
  parts: P[];
}

export class PartsByMetric<P extends OfMetrics> {
  readonly #exactly = new Map<string, P[]>();
  readonly #templates = new Map<string, Template<P>>();

  constructor(parts: readonly P[]) {
    for (const part of parts)
      for (const metric of new Set(part.metrics)) {
        addToList(this.#exactly, metric, part);
        this.#addTemplate(metric, part);
      }
  }

  /** Whether there are so many templates that none is taken for the source of a name. */
  get hasTooManyTemplates(): boolean {
    return this.#templates.size > MOST_TEMPLATES;
  }

  /** Those that count for the name as it is written; else those whose template it may come of. */
  named(name: string): readonly P[] {
    const exactly = this.#exactly.get(name);
    if (exactly !== undefined) return exactly;
    if (this.hasTooManyTemplates) return [];
    const found = [...this.#templates.values()].filter((template) => isMadeOf(template, name));
    return [...new Set(found.flatMap(({ parts }) => parts))];
  }

  /** By how it begins and ends, for its variables are the test's. */
  #addTemplate(metric: string, part: P): void {
    const [from, to] = [metric.indexOf('{{'), metric.lastIndexOf('}}')];
    if (from < 0 || to < from) return;
    const [before, after] = [metric.slice(0, from), metric.slice(to + 2)];
    const key = JSON.stringify([before, after]);
    const known = this.#templates.get(key);
    if (known !== undefined) known.parts.push(part);
    else if (!this.hasTooManyTemplates) this.#templates.set(key, { before, after, parts: [part] });
  }
}

/** Whether a name may come of a template. */
function isMadeOf({ before, after }: Template<unknown>, name: string): boolean {
  return name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
}
