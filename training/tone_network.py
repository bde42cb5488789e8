"""A small network with one hidden layer and a direct path, trained with Adam in numpy: repeatable to the digit."""

from dataclasses import dataclass

import numpy as np

WARM_UP = 0.1
DECAY = {"hidden": 0.01, "out": 0.01, "direct": 0.03}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a network is trained; the two drops are shares of inputs and of hidden units left out each step."""

    hidden: int = 192
    epochs: int = 15
    rate: float = 1e-3
    input_drop: float = 0.3
    hidden_drop: float = 0.5
    smoothing: float = 0.0
    batch: int = 64


Weights = dict[str, np.ndarray]


def train_network(inputs: np.ndarray, targets: np.ndarray, weights: np.ndarray, seed: int, recipe: Recipe) -> Weights:
    """Weights after training on rows of inputs, rows of class chances as targets, and a weight a row."""
    random = np.random.default_rng(seed)
    width, hidden = inputs.shape[1], recipe.hidden
    net: Weights = {
        "hidden": random.standard_normal((width, hidden), dtype=np.float32) / np.float32(width**0.5),
        "hidden_bias": np.zeros(hidden, np.float32),
        "out": random.standard_normal((hidden, 3), dtype=np.float32) / np.float32(hidden**0.5),
        "out_bias": np.zeros(3, np.float32),
        "direct": np.zeros((width, 3), np.float32),
    }
    first, second = ({name: np.zeros_like(value) for name, value in net.items()} for _ in range(2))
    targets = (targets * (1 - recipe.smoothing) + recipe.smoothing / 3).astype(np.float32)
    steps = recipe.epochs * -(-len(inputs) // recipe.batch)
    step = 0
    for _ in range(recipe.epochs):
        order = random.permutation(len(inputs))
        for start in range(0, len(order), recipe.batch):
            rows = order[start : start + recipe.batch]
            step += 1
            slopes = _slopes(net, inputs[rows], targets[rows], weights[rows], random, recipe)
            rate = recipe.rate * min(1.0, step / (WARM_UP * steps)) * max(0.02, 1 - step / steps)
            _adam(net, slopes, first, second, step, rate)
    return net


def _slopes(
    net: Weights,
    inputs: np.ndarray,
    targets: np.ndarray,
    weights: np.ndarray,
    random: np.random.Generator,
    recipe: Recipe,
) -> Weights:
    """Gradient of the weighted cross-entropy over one batch, with dropout."""
    kept = random.random(inputs.shape, dtype=np.float32) > recipe.input_drop
    seen = inputs * (kept / np.float32(1 - recipe.input_drop))
    before = seen @ net["hidden"] + net["hidden_bias"]
    mask = (random.random(before.shape, dtype=np.float32) > recipe.hidden_drop) / np.float32(1 - recipe.hidden_drop)
    after = np.maximum(before, 0) * mask
    chances = softmax(after @ net["out"] + net["out_bias"] + seen @ net["direct"])
    error = ((chances - targets) * (weights / weights.sum())[:, None]).astype(np.float32)
    back = (error @ net["out"].T) * mask * (before > 0)
    return {
        "hidden": seen.T @ back,
        "hidden_bias": back.sum(axis=0),
        "out": after.T @ error,
        "out_bias": error.sum(axis=0),
        "direct": seen.T @ error,
    }


def _adam(net: Weights, slopes: Weights, first: Weights, second: Weights, step: int, rate: float) -> None:
    for name, slope in slopes.items():
        first[name] = 0.9 * first[name] + 0.1 * slope
        second[name] = 0.999 * second[name] + 0.001 * slope**2
        move = (first[name] / (1 - 0.9**step)) / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
        net[name] -= (rate * (move + DECAY.get(name, 0.0) * net[name])).astype(np.float32)


def softmax(logits: np.ndarray) -> np.ndarray:
    spread = np.exp(logits - logits.max(axis=1, keepdims=True))
    return spread / spread.sum(axis=1, keepdims=True)


def apply_network(net: Weights, inputs: np.ndarray) -> np.ndarray:
    """Log odds without dropout."""
    after = np.maximum(inputs @ net["hidden"] + net["hidden_bias"], 0)
    return after @ net["out"] + net["out_bias"] + inputs @ net["direct"]


def merge_networks(nets: list[Weights]) -> Weights:
    """One wide network that gives the mean of several networks' log odds."""
    return {
        "hidden": np.hstack([net["hidden"] for net in nets]),
        "hidden_bias": np.concatenate([net["hidden_bias"] for net in nets]),
        "out": np.vstack([net["out"] for net in nets]) / len(nets),
        "out_bias": np.mean([net["out_bias"] for net in nets], axis=0),
        "direct": np.mean([net["direct"] for net in nets], axis=0),
    }
