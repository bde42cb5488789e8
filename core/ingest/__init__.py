"""bytes -> RawArticle: one reader a format, chosen by content.

A bad file, member or record never raises: it comes back as a Refusal with one sentence that says why and
what to do, and the rest goes on.
"""

from core.ingest.columns import column_mapping
from core.ingest.reading import expected, read

__all__ = ["column_mapping", "expected", "read"]
