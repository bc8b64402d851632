/**
 * Settings as a query text, `run.solver=swap&run.seed=5&p.tenure=12`: readable in readable links,
 * and the same words inside packed ones. Only what differs from the defaults is written.
 */
import type { Issue } from '../core/result.ts';
import { budgetKeys, readSettings, writeSettings, type Settings } from '../problems/document.ts';
import type { AnyFamily } from '../problems/family.ts';

/** Every key of a setting has a dot; parameters of generators have none. */
export const isSettingKey = (key: string): boolean => key.includes('.');

/** The settings that a link carries: of the parameters, those of the chosen solver. */
export function writeSettingsText(
  settings: Partial<Settings>,
  family: AnyFamily,
  instance: unknown,
): URLSearchParams {
  const plain = writeSettings(settings, family);
  const text = new URLSearchParams();
  const put = (key: string, value: unknown) => text.set(key, String(value));
  const solverId = settings.solverId ?? family.defaultSolver(instance);
  const params = (plain.params ?? {}) as Record<string, Record<string, unknown>>;
  const own = Object.entries(params[solverId] ?? {});
  // Parameters are one solver's, and the default may be another one some day.
  if (plain.solver !== undefined || own.length > 0) put('run.solver', solverId);
  for (const [id, value] of own) put(`p.${id}`, value);
  if (plain.seed !== undefined) put('run.seed', plain.seed);
  if (plain.budget !== undefined) {
    const budget = plain.budget as Record<string, unknown>;
    for (const [key, value] of Object.entries(budget)) put(`run.${key}`, value);
    // A budget that names none of its limits would read as the default.
    if (Object.keys(budget).length === 0) put('run.seconds', 'none');
  }
  if (plain.workers !== undefined) put('run.workers', plain.workers);
  const view = (plain.view ?? {}) as { mode?: string; toggles?: Record<string, boolean> };
  if (view.mode) put('view.mode', view.mode);
  const toggles = Object.entries(view.toggles ?? {});
  const on = toggles.filter(([, state]) => state).map(([id]) => id);
  const off = toggles.filter(([, state]) => !state).map(([id]) => id);
  if (on.length > 0) put('view.on', on.join(','));
  if (off.length > 0) put('view.off', off.join(','));
  if (settings.study) {
    put('view.study', settings.study.id);
    for (const [id, value] of Object.entries(settings.study.values)) put(`s.${id}`, value);
  }
  return text;
}

/** Full settings; whatever is unknown or out of range is a warning and falls to its default. */
export function readSettingsText(
  text: URLSearchParams,
  family: AnyFamily,
  instance: unknown,
): { settings: Settings; warnings: Issue[] } {
  const plain: Record<string, unknown> = {};
  const budget: Record<string, unknown> = {};
  const params: Record<string, string> = {};
  const toggles: Record<string, boolean> = {};
  const study: { id?: string; values: Record<string, string> } = { values: {} };
  const view: Record<string, unknown> = { toggles };
  const unknown: Issue[] = [];
  let anyBudget = false;
  for (const [key, value] of text) {
    if (!isSettingKey(key)) continue;
    const [group, name] = splitAtDot(key);
    if (group === 'p') params[name] = value;
    else if (group === 's') study.values[name] = value;
    else if (key === 'view.study') study.id = value;
    else if (key === 'run.solver') plain.solver = value;
    else if (key === 'run.seed') plain.seed = Number(value);
    else if (key === 'run.workers') plain.workers = Number(value);
    else if (group === 'run' && (budgetKeys as readonly string[]).includes(name)) {
      anyBudget = true;
      if (value !== 'none') budget[name] = value.trim() === '' ? value : Number(value);
    } else if (key === 'view.mode') view.mode = value;
    else if (key === 'view.on' || key === 'view.off')
      for (const id of value.split(',')) toggles[id] = key === 'view.on';
    else
      unknown.push({ path: [key.slice(0, 40)], message: 'This setting is unknown and left out.' });
  }
  if (anyBudget) plain.budget = budget;
  const known = family.solvers.some(({ id }) => id === plain.solver);
  const solverId = known ? String(plain.solver) : family.defaultSolver(instance);
  if (Object.keys(params).length > 0 && (known || plain.solver === undefined))
    plain.params = { [solverId]: params };
  plain.view = view;
  if (study.id !== undefined) plain.study = study;
  const { settings, warnings } = readSettings(plain, family);
  return { settings, warnings: [...warnings, ...unknown] };
}

function splitAtDot(key: string): [string, string] {
  const at = key.indexOf('.');
  return [key.slice(0, at), key.slice(at + 1)];
}
