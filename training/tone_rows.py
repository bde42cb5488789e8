"""The sentences a tone model learns from, is calibrated on and is measured on."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.model_selection import GroupKFold
from tone_figures import LABELS

UNSURE_WEIGHT = 0.6  # a sentence on which annotators would disagree teaches less
FOLDS = 5
ROUGH_SENTENCE = re.compile(r"\S.*?(?:[.?!][\"”]?(?=[\s,]|$)|\n|$)")  # how news was cut when it was labelled


def sentence_id(text: str) -> str:
    """Ten hex digits that name a sentence without repeating it."""
    return hashlib.sha1(text.encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Sentences of train, then of dev, then those labelled here; arrays run along them.

    taught marks all that may be learned from, judged those of train drawn at random (the mix of tones that
    news has, unlike the enriched rest), dev lists the dev rows; groups keeps sentences of one article together.
    """

    texts: list[str]
    classes: np.ndarray
    sure: np.ndarray
    weights: np.ndarray
    groups: np.ndarray
    taught: np.ndarray
    judged: np.ndarray
    dev: np.ndarray


def read_rows(data: Path, labels: Mapping[str, str]) -> Rows:
    """Rows of the measuring data; labels gives tones, by sentence_id, to unlabelled sentences of tone/ and news/."""
    train, dev, more = (_read(data / "tone" / f"{name}.jsonl") for name in ("train", "dev", "unlabelled"))
    known = {row["sentence"] for row in train + dev}
    found = {sentence_id(row["sentence"]): (row["sentence"], row["id"]) for row in more}
    with gzip.open(data / "news" / "news.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            for match in ROUGH_SENTENCE.finditer(article["text"] or ""):
                if (name := sentence_id(match.group())) in labels:
                    found.setdefault(name, (match.group(), article["url"] or name))
    more = [
        {"sentence": text, "url": url, "tone": labels[name], "unsure": True}  # chosen because the model was unsure
        for name, (text, url) in sorted(found.items())
        if name in labels and text not in known
    ]
    rows = train + dev + more
    sure = np.array([not row["unsure"] for row in rows])
    number = np.arange(len(rows))
    is_dev = (number >= len(train)) & (number < len(train) + len(dev))
    return Rows(
        texts=[row["sentence"] for row in rows],
        classes=np.array([LABELS.index(row["tone"]) for row in rows]),
        sure=sure,
        weights=np.where(sure, 1.0, UNSURE_WEIGHT).astype(np.float32),
        groups=np.array([row["url"] or sentence_id(row["sentence"]) for row in rows]),
        taught=~is_dev,
        judged=np.array([row.get("sample") == "random" for row in rows]) & ~is_dev,
        dev=np.flatnonzero(is_dev),
    )


def _read(file: Path) -> list[dict]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def folds(rows: Rows) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Numbers of seen and unseen rows; sentences of one article are never on both sides."""
    taught = np.flatnonzero(rows.taught)
    for seen, unseen in GroupKFold(FOLDS).split(taught, groups=rows.groups[taught]):
        yield taught[seen], taught[unseen]
