/** The optimizers' update rules as plain text: g the gradient at the current point, η the rate. */

const ADAM = 'm ← β₁ m + (1 − β₁) g\nv ← β₂ v + (1 − β₂) g²\nm̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)';

export const EQUATIONS = {
  sgd: 'x ← x − η g',
  momentum: 'v ← μ v + g\nx ← x − η v',
  nesterov: 'v ← μ v + g\nx ← x − η (g + μ v)',
  adagrad: 's ← s + g²\nx ← x − η g / (√s + ε)',
  rmsprop: 'v ← α v + (1 − α) g²\nx ← x − η g / (√v + ε)',
  adam: `${ADAM}\nx ← x − η m̂ / (√v̂ + ε)`,
  adamw: `${ADAM}\nx ← (1 − ηλ) x − η m̂ / (√v̂ + ε)`,
  amsgrad: `${ADAM}\nv̄ ← max(v̄, v)\nx ← x − η m̂ / (√(v̄ / (1 − β₂ᵗ)) + ε)`,
  lion: 'u = sign(β₁ m + (1 − β₁) g)\nx ← (1 − ηλ) x − η u\nm ← β₂ m + (1 − β₂) g',
  muon:
    'm ← μ m + (1 − μ) g,  u = (1 − μ) g + μ m\n' +
    'X = u / ‖u‖, five times: A = X Xᵀ, X ← aX + (bA + cA²) X,  (a, b, c) = (3.4445, −4.7750, 2.0315)\n' +
    'W ← (1 − ηλ) W − η √max(1, out/in) X;  all else by AdamW',
  spam:
    'where g² > θ v:  g ← sign(g) √(θ v)\n' +
    'Adam’s step with m = v = 0 again every ΔT steps\n' +
    'η × (1 − 0.99 · half a cosine) in the steps after a reset',
  'schedule-free-sgd':
    'y = (1 − β) z + β x,  g taken at y\nz ← z − η g\nx ← (1 − c) x + c z,  c = η²max / Σ η²max',
  'schedule-free-adamw':
    'y = (1 − β₁) z + β₁ x,  g taken at y\nv ← β₂ v + (1 − β₂) g²\n' +
    'z ← z − η √(1 − β₂ᵗ) (g / (√v + ε) + λ y)\nx ← (1 − c) x + c z,  c = η²max / Σ η²max',
  'd-adaptation':
    'ζ = d η / ‖g₀‖,  s ← s + ζ g\nd ← max(d, 2 Σ ζ ⟨g, s⟩ / ‖s‖)\nx ← μ x + (1 − μ) (x₀ − s)',
  prodigy:
    'r ← √β₂ r + (d/d₀) d η ⟨g, x₀ − x⟩,  s ← √β₂ s + (d/d₀) d η g\n' +
    'd ← max(d, r / ‖s‖₁)\nm ← β₁ m + (1 − β₁) d g,  v ← β₂ v + (1 − β₂) d² g²\n' +
    'x ← (1 − dηλ) x − d η m / (√v + d ε)',
  dog: 'r̄ = maxₖ ‖xₖ − x₀‖ (at first r_ε (1 + ‖x₀‖))\nx ← x − η r̄ / √Σ‖g‖² · g\nmodel: average with weights t (t + 1) … (t + 7)',
} as const;
