"""Long short-term memories in JAX, as tests/quality/idner2k_network.py runs them in numpy; to be trained."""

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from tests.quality.idner2k_network import GATES

Tables = dict[str, Any]


def start(random: np.random.Generator, *shape: int) -> np.ndarray:
    """Weights before training (Glorot and Bengio 2010)."""
    return (random.standard_normal(shape) * np.sqrt(2 / (shape[0] + shape[-1]))).astype(np.float32)


def start_cell(random: np.random.Generator, width: int, size: int) -> Tables:
    """A cell that forgets little at first."""
    bias = np.zeros(GATES * size, np.float32)
    bias[size : 2 * size] = 1
    return {"weights": start(random, width + size, GATES * size), "bias": bias}


def run(cell: Tables, inputs: jax.Array, here: jax.Array, backwards: bool = False) -> jax.Array:
    """States at each place of each sentence, (sentences, places, size); here marks places that are no padding."""
    width, size = inputs.shape[-1], cell["bias"].shape[0] // GATES
    arriving = inputs @ cell["weights"][:width] + cell["bias"]
    again = cell["weights"][width:]

    def step(state: tuple[jax.Array, jax.Array], place: tuple[jax.Array, jax.Array]) -> tuple[Any, jax.Array]:
        held, memory = state
        come, known = place
        coming, kept, new, shown = jnp.split(come + held @ again, GATES, -1)
        fresh = jax.nn.sigmoid(kept) * memory + jax.nn.sigmoid(coming) * jnp.tanh(new)
        out = jax.nn.sigmoid(shown) * jnp.tanh(fresh)
        mask = known[:, None]
        fresh, out = fresh * mask + memory * (1 - mask), out * mask + held * (1 - mask)
        return (out, fresh), out

    empty = jnp.zeros((inputs.shape[0], size))
    _, states = jax.lax.scan(step, (empty, empty), (arriving.swapaxes(0, 1), here.T), reverse=backwards)
    return states.swapaxes(0, 1)


def both_ways(cells: Tables, inputs: jax.Array, here: jax.Array) -> jax.Array:
    return jnp.concatenate([run(cells["forward"], inputs, here), run(cells["backward"], inputs, here, True)], -1)


def drop(key: jax.Array, values: jax.Array, share: float, whole: bool = False) -> jax.Array:
    """Leave out that share of the figures; whole: the same ones at all places of a sentence."""
    shape: Sequence[int] = (values.shape[0], 1, values.shape[2]) if whole else values.shape
    return values * jax.random.bernoulli(key, 1 - share, shape) / (1 - share)
