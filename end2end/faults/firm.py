"""A data folder, the program that works on it, and what the database holds afterwards."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

PROGRAM = os.environ["MENPAI_BIN"]


def fail(what: str) -> None:
    raise AssertionError(what)


class Firm:
    """Removed with everything in it at the end."""

    def __init__(self, url: str | None = None):
        self.folder = tempfile.TemporaryDirectory(prefix="menpai-faults-")
        self.data = Path(self.folder.name) / "data"
        self.url = url
        self.server: subprocess.Popen | None = None
        self.run("migrate")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.server:
            self.kill_server()
        self.folder.cleanup()

    def words(self, *words: str) -> list[str]:
        where = ["--data-dir", str(self.data), "--lang", "en"]
        return [PROGRAM, *words, *where, *(["--database-url", self.url] if self.url else [])]

    def start(self, *words: str, wrap: list[str] = (), **options) -> subprocess.Popen:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, "text": True}
        return subprocess.Popen([*wrap, *self.words(*words)], **{**pipes, **options})

    def end(self, *words: str, **options) -> tuple[int, str, str]:
        child = self.start(*words, **options)
        out, err = child.communicate(timeout=120)
        return child.returncode, out, err

    def run(self, *words: str, **options) -> str:
        code, out, err = self.end(*words, **options)
        if code != 0:
            fail(f"menpai {' '.join(words)} ended with {code}: {err or out}")
        return out

    def serve(self, **options) -> str:
        self.server = self.start("serve", "--addr", "127.0.0.1:0", "--log-level", "error", **options)
        self.origin = self.server.stdout.readline().strip()
        if not self.origin:
            fail(f"the server did not start: {self.server.communicate()[1]}")
        return self.origin

    def kill_server(self) -> None:
        self.server.send_signal(signal.SIGKILL)
        self.server.communicate()
        self.server = None

    def stop_server(self) -> None:
        self.server.send_signal(signal.SIGTERM)
        _, err = self.server.communicate(timeout=30)
        code, self.server = self.server.returncode, None
        if code != 0:
            fail(f"the server stopped with {code}: {err}")

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.origin + path, timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def verify(self) -> None:
        code, out, err = self.end("verify")
        wrong = [check for check in json.loads(out)["checks"] if not check["ok"]] if out else err
        if code != 0 or wrong:
            fail(f"verify ended with {code}: {wrong}")

    def rows(self, sql: str) -> list[tuple]:
        if self.url:
            words = [f"{os.environ['PG_BIN']}/psql", self.url, "-qAtX", "-F", "\t", "-c", sql]
            text = subprocess.run(words, check=True, capture_output=True, text=True).stdout
            return [tuple(line.split("\t")) for line in text.splitlines()]
        db = sqlite3.connect(self.data / "menpai.db")
        try:
            return db.execute(sql).fetchall()
        finally:
            db.close()

    def homes(self, name: str, numbers: range) -> str:
        """A file of homes that have nothing in common but a few communities; each has its own number."""
        path = Path(self.folder.name) / name
        lines = ["房源编号,小区名称,所在区域,房屋户型,建筑面积,总价"]
        for n in numbers:
            lines.append(f"N{n},花园{n % 7},鄞州区 姜山,3室1厅1厨2卫,{40 + n // 100}.{n % 100:02}㎡,{100 + n % 300}万")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    def taken(self) -> dict[str, int]:
        """How often each number of the source is there."""
        counts: dict[str, int] = {}
        for (number,) in self.rows("SELECT source_id FROM listing WHERE source_id IS NOT NULL"):
            counts[number] = counts.get(number, 0) + 1
        return counts


def kill_after(child: subprocess.Popen, seconds: float) -> bool:
    """Kills a program in the middle of its work; whether it was still working."""
    try:
        child.communicate(timeout=seconds)
        return False
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.communicate()
        return True


def moment(most: float) -> float:
    """A random time, more often a short one."""
    return most * random.random() ** 1.5


def wait_until(true, seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            fail(f"{what}: not within {seconds} s")
        time.sleep(0.05)
