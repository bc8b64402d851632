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
  'u-dog':
    'α = Σ r̄ᵢ / r̄,  m taken at (α y + Σ αᵢxᵢ) / Σ α\n' +
    'x = y − η α r̄ / √G · m,  g taken at x̄ = (α x + Σ αᵢxᵢ) / Σ α\n' +
    'G ← G + α² ‖g − m‖²,  y ← y − η α r̄ / √G · g\nmodel: x̄',
  'optimistic-amsgrad':
    'θ ← β₁ θ + (1 − β₁) g,  v ← β₂ v + (1 − β₂) (g − m)²,  v̂ ← max(v̂, v)\n' +
    'w ← w − η θ / (√v̂ + ε)\n' +
    'm = Σ cᵢ gᵢ, the last gradients’ extrapolation, Σ cᵢ = 1\n' +
    'x = w − η (β₁ θ + (1 − β₁) m) / (√v̂ + ε)',
  'lion-kappa':
    'u = ∇κ(β₁ m + (1 − β₁) g)\nx ← (1 − ηλ) x − η u\nm ← β₂ m + (1 − β₂) g\n' +
    'solves min f(x) + κ*(−λx) / λ',
  shampoo:
    'L ← β L + (1 − β) G Gᵀ,  R ← β R + (1 − β) Gᵀ G,  M ← β₁ M + (1 − β₁) G\n' +
    'D = (L + ε)^(−1/4) M (R + ε)^(−1/4)\nW ← (1 − ηλ) W − η ‖Adam’s step‖ / ‖D‖ · D',
  'shampoo-4bit':
    'L = V Λ Vᵀ,  V kept in 4 bits, 64 entries a scale, levels ±(j/15)²\n' +
    'V ← 1.5 V − 0.5 V Vᵀ V  (Björck) before each use\n' +
    'L^(−1/4) kept as its diagonal and 4 bits for the rest;  else as Shampoo',
  cosmos:
    'M ← β₁ M + (1 − β₁) G,  M′ = β₁ M + (1 − β₁) G\n' +
    'U: r leading eigenvectors of the mean of GᵀG, by a power step\n' +
    'V ← β₂ V + (1 − β₂) (GU)²,  A = M′U / √V̂ · Uᵀ,  B = Newton–Schulz(M′ − M′UUᵀ)\n' +
    'D = A + γ √max(in, out) B,  W ← (1 − ηλ) W − η ρ D √size / ‖D‖',
  apollo:
    'R = P G,  P normal, r rows, variance 1/r, redrawn at intervals\n' +
    'R̃ = Adam of R,  sⱼ = ‖R̃ⱼ‖ / ‖Rⱼ‖\n' +
    'W ← (1 − ηλ) W − η √scale G diag(s),  length growing at most by 1 % a step',
  'apollo-mini':
    'R = p G,  p one normal row\nR̃ = Adam of R,  s = ‖R̃‖ / ‖R‖\n' +
    'W ← (1 − ηλ) W − η √scale s G,  length growing at most by 1 % a step',
  'entropy-sgd':
    'L times from x′ = μ = x:  x′ ← x′ − η′ (∇f(x′) − γ (x − x′)) + √η′ ε ξ,  μ ← α μ + (1 − α) x′\n' +
    'd = x − μ,  v ← β v + d,  x ← x − η (d + β v),  γ = γ₀ (1 + γ₁)ᵗ',
  'saddle-free-newton': 'H = V Λ Vᵀ\nx ← x − η V (|Λ| + δ)⁻¹ Vᵀ g',
  'damped-newton':
    'n = H⁻¹ g,  r = √|gᵀ n|\nx ← x − η α n\n' +
    'AICN: α = 2 / (1 + √(1 + 2Lr));  root: α = 1 / (1 + (9L)^(1/(q−1)) r^((q−2)/(q−1)))',
  optex:
    'ĝ(θ) = k(θ)ᵀ (K + σ²I)⁻¹ G,  Matérn 5/2\n' +
    'θ₁ = x − η g,  θₛ₊₁ = θₛ − η ĝ(θₛ),  s < N\n' +
    'true gradients at all θₛ at once;  x ← θ_N₋₁ − η ∇f(θ_N₋₁)',
  eggroll:
    'E = A Bᵀ / √r for matrices, normal else;  losses at x ± σE, standardised: s\n' +
    'x ← x − η √N · mean(s E)',
} as const;
