"""In the place of a worker process: does to itself what the file at hand says (`hang`, `grow`, `die`, `babble`)."""

import json
import os
import signal
import sys
import time
from pathlib import Path


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def obey(order: dict[str, str]) -> None:
    word = Path(order["path"]).read_text(encoding="utf-8").split()[0]
    say(begun=True)
    if word == "hang":
        say(articles=1)
        time.sleep(60)
    elif word == "crawl":
        for number in range(600):
            say(articles=number)
            time.sleep(0.1)
    elif word == "grow":
        hoard = bytearray(120 * 2**20)
        time.sleep(60)
        hoard.clear()
    elif word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "babble":
        sys.stdout.write("{]\n")
    elif word == "break":
        say(fault=True)
        return
    Path(order["rows"]).write_bytes(b"")
    told = {"keys": [], "places": {}, "entities": [], "columns": [], "refusals": [[order["name"], "0", 0, "Was read."]]}
    say(done=told, sha256=word, size_bytes=1)


if __name__ == "__main__":
    say(ready=True)
    for line in sys.stdin:
        obey(json.loads(line))
