import { useState } from 'react';
import { generate } from '../actions/open.ts';
import { defaultParams, type ParamValues } from '../core/params.ts';
import { useApp, useDocument, useLoaded } from './context.ts';
import { Icon } from './widgets/Icon.tsx';
import styles from './GeneratePanel.module.css';
import { ParamForm } from './widgets/ParamForm.tsx';

/** Seeded generators: every change of a parameter or the seed makes the instance anew. */
export function GeneratePanel() {
  const app = useApp();
  const { family } = useLoaded();
  const origin = useDocument((state) => state.origin);
  const [chosen, setChosen] = useState<string | null>(null);
  const id = chosen ?? (origin.kind === 'generator' ? origin.id : family.generators[0].id);
  const generator =
    family.generators.find((candidate) => candidate.id === id) ?? family.generators[0];
  const isCurrent = origin.kind === 'generator' && origin.id === generator.id;
  const [draft, setDraft] = useState<ParamValues>({});
  const values: ParamValues = {
    ...defaultParams(generator.params),
    ...(isCurrent ? origin.params : draft),
  };
  const [draftSeed, setDraftSeed] = useState(1);
  const seed = isCurrent ? origin.seed : draftSeed;

  const make = (params: ParamValues, nextSeed: number) => {
    setDraft(params);
    setDraftSeed(nextSeed);
    generate(app, generator.id, params, nextSeed);
  };

  return (
    <div className={styles.panel}>
      <select
        aria-label="Generator"
        value={generator.id}
        onChange={(event) => {
          setChosen(event.target.value);
          setDraft({});
        }}
      >
        {family.generators.map((candidate) => (
          <option key={candidate.id} value={candidate.id}>
            {candidate.name}
          </option>
        ))}
      </select>
      <p className="hint">
        {generator.summary} {generator.source}
      </p>
      <ParamForm
        key={generator.id}
        specs={generator.params}
        values={values}
        onChange={(next) => make(next, seed)}
      />
      <div className={styles.seed}>
        <label htmlFor="generator-seed">Seed</label>
        <input
          id="generator-seed"
          type="number"
          min={0}
          max={4294967295}
          value={seed}
          onChange={(event) => {
            const value = event.target.valueAsNumber;
            if (Number.isInteger(value) && value >= 0 && value <= 4294967295) make(values, value);
          }}
        />
      </div>
      <div className={styles.buttons}>
        <button type="button" className="primary" onClick={() => make(values, seed)}>
          Generate
        </button>
        <button type="button" onClick={() => make(values, (seed + 1) >>> 0)}>
          <Icon name="dice" /> Next seed
        </button>
      </div>
    </div>
  );
}
