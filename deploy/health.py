"""Exit code 0 while the dashboard answers: python deploy/health.py [http://127.0.0.1:8501]

The body is read, for any server may answer 200 to any path.
"""

import sys
from http.client import HTTPException
from urllib.request import ProxyHandler, build_opener

SECONDS = 5
PATH = "/_stcore/health"


def said(address: str) -> str:
    """What is wrong; empty where nothing is."""
    try:
        with build_opener(ProxyHandler({})).open(address.rstrip("/") + PATH, timeout=SECONDS) as answer:
            body = answer.read(100).strip()
    except (OSError, HTTPException, ValueError) as error:
        return f"{address} does not answer: {error}"
    return "" if body == b"ok" else f"{address} answers {body!r}, so it is something else"


if __name__ == "__main__":
    wrong = said(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8501")
    if wrong:
        print(wrong, file=sys.stderr)
    sys.exit(bool(wrong))
