"""A sequence-classification transformer in a local folder, on the processor. Nothing is fetched, nothing unpickled."""

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

PACKAGES: Final = ("torch", "transformers", "safetensors")
BATCH_SENTENCES: Final = 32
LONGEST_TOKENS: Final = 256  # a sentence beyond it is cut: memory grows with the square of the length


class Engine(Protocol):
    """What the stronger model needs of a library: log odds by the labels of its config, and the word that hides one."""

    @property
    def hidden(self) -> str: ...
    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


class Transformer:
    """An Engine by the transformers library."""

    def __init__(self, folder: Path) -> None:
        os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")  # before the libraries read them
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()
        fixed: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
        self._tokenizer = AutoTokenizer.from_pretrained(str(folder), **fixed)
        self._model, told = AutoModelForSequenceClassification.from_pretrained(
            str(folder), use_safetensors=True, output_loading_info=True, **fixed
        )
        if missing := sorted(told["missing_keys"]):  # the library would fill them with chance and only warn
            raise ValueError(f"it was never trained to classify: no weights for {', '.join(missing[:3])}")
        self._model.eval()
        self._lock = Lock()  # the tokenizer is not to be shared by threads
        positions = int(getattr(self._model.config, "max_position_embeddings", LONGEST_TOKENS))
        self._longest = min(LONGEST_TOKENS, positions - 2)  # some kinds keep two positions for padding

    @property
    def hidden(self) -> str:
        return str(self._tokenizer.mask_token or self._tokenizer.unk_token or "")

    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text; sentences of like length share a batch, so that little is spent on padding."""
        import torch

        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        rows: dict[int, Any] = {}
        with self._lock, torch.inference_mode():
            for start in range(0, len(order), BATCH_SENTENCES):
                places = order[start : start + BATCH_SENTENCES]
                batch = self._tokenizer(
                    [texts[place] for place in places],
                    padding=True, truncation=True, max_length=self._longest, return_tensors="pt",
                )  # fmt: skip
                found = self._model(**batch).logits.float().numpy()
                rows.update(zip(places, found, strict=True))
        return np.array([rows[place] for place in range(len(texts))], np.float32)


def load_engine(folder: Path) -> Engine:
    """The model of a folder. Raises whatever the libraries raise where it is broken."""
    return Transformer(folder)
