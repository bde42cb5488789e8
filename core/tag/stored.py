"""Reads a shipped model."""

import zlib
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from core.errors import ResourceError
from core.resources import path

Model = TypeVar("Model")


def read_model(name: str, build: Callable[[dict[str, npt.NDArray[Any]]], Model]) -> Model:
    """What `build` makes of the arrays of a model file; no pickle is ever read.

    Raises: ResourceError when the file is missing or broken.
    """
    _keep_products_single()
    try:
        with np.load(path(name), allow_pickle=False) as stored:
            return build({key: stored[key] for key in stored.files})
    except (ValueError, KeyError, OSError, EOFError, MemoryError, SyntaxError, BadZipFile, zlib.error) as error:
        raise ResourceError(f"The model core/resources/{name} is broken: restore it from the repository.") from error


@cache
def _keep_products_single() -> None:
    """One thread for matrix products, once a process.

    An article is many products of small matrices. Threads that wait for the next one spin, and take the second core:
    all of tagging measured 2.3 times the processor time with two threads than with one (`benchmarks/tag.py`).
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
