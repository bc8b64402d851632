/** The tree of a branch and cut, kept so that it can be handed out as a certificate. */
import type {
  CertificateMultipliers,
  CertificateNode,
  TspCertificate,
} from '../../../../src/problems/tsp/certificate.ts';
import type { Cut } from './cuts.ts';
import type { Multipliers } from './pricing.ts';

export interface ProofNode {
  /** The best multipliers found here. */
  multipliers: Multipliers | null;
  /** Set once it has been branched on. */
  edge: readonly [number, number] | null;
  children: ProofNode[];
}

export const proofNode = (multipliers: Multipliers | null): ProofNode => ({
  multipliers,
  edge: null,
  children: [],
});

/**
 * The certificate of a tree, in cities of the instance.
 * @param cities of the instance by index in the solver's space.
 * @param excluding multipliers by which edges were struck.
 */
export function toCertificate(
  root: ProofNode,
  length: number,
  cities: Int32Array,
  excluding: Multipliers | null,
): TspCertificate {
  const table = new Map<string, number>();
  const cuts: number[][][] = [];
  const indexOf = (cut: Cut): number => {
    const known = table.get(cut.key);
    if (known !== undefined) return known;
    table.set(cut.key, cuts.length);
    cuts.push(cut.sets.map((set) => Array.from(set, (i) => cities[i])));
    return cuts.length - 1;
  };
  const plain = ({ city, cuts: used, cut }: Multipliers): CertificateMultipliers => {
    const values = new Array<number>(cities.length).fill(0);
    cities.forEach((place, i) => (values[place] = city[i]));
    return { cities: values, cuts: used.map((each, c) => [indexOf(each), cut[c]] as const) };
  };
  const none: Multipliers = {
    city: new Float64Array(cities.length),
    cuts: [],
    cut: new Float64Array(0),
  };
  const convert = (node: ProofNode): CertificateNode => {
    if (!node.edge) return { leaf: plain(node.multipliers ?? none) };
    const [a, b] = [cities[node.edge[0]], cities[node.edge[1]]];
    return {
      edge: a < b ? [a, b] : [b, a],
      without: convert(node.children[0]),
      with: convert(node.children[1]),
    };
  };
  const tree = convert(root);
  return { length, ...(excluding ? { excluding: plain(excluding) } : {}), tree, cuts };
}
