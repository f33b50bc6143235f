"""PostgreSQL restarts, crashes and stops while homes are taken in, prices change and pages are read."""

import itertools
import os
import secrets
import shutil
import socket
import subprocess
import threading
import time

from firm import Firm, fail, moment, wait_until
from kills import check_prices


class Cluster:
    """A PostgreSQL of one's own, with fsync: what it acknowledged must survive."""

    def __init__(self):
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.folder = self.out("mktemp", "-d", "/tmp/menpai-pg-faults.XXXXXX").strip()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        bin = os.environ["PG_BIN"]
        self.data = f"{self.folder}/data"
        self.out(f"{bin}/initdb", "-D", self.data, "-U", "menpai", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust")
        self.start()
        self.name = f"faults_{secrets.token_hex(4)}"
        self.out(f"{bin}/createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "menpai", self.name)
        self.url = f"postgres://menpai@127.0.0.1:{self.port}/{self.name}"

    def out(self, *words: str) -> str:
        done = subprocess.run([*self.user, *words], cwd="/", capture_output=True, text=True)
        if done.returncode != 0:
            fail(f"{words[0]}: {done.stderr}")
        return done.stdout

    def control(self, *words: str) -> None:
        # Its output goes to the log: a pipe would stay open as long as the server runs.
        command = [*self.user, f"{os.environ['PG_BIN']}/pg_ctl", "-s", "-w", "-D", self.data, "-l", f"{self.folder}/log"]
        subprocess.run([*command, *words], cwd="/", check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        self.control("start", "-o", f"-c listen_addresses=127.0.0.1 -c port={self.port} -k {self.folder}")

    def stop(self, mode: str) -> None:
        self.control("stop", "-m", mode)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(
            [*self.user, f"{os.environ['PG_BIN']}/pg_ctl", "-s", "stop", "-D", self.data, "-m", "immediate"],
            cwd="/", check=False, capture_output=True,
        )
        shutil.rmtree(self.folder, ignore_errors=True)


def restarts(rounds: int) -> str:
    if not os.environ.get("PG_BIN"):
        return "skipped: PostgreSQL is not installed"
    acknowledged, unsure = {}, {}
    with Cluster() as cluster, Firm(cluster.url) as firm:
        firm.run("import", "listings", firm.homes("first.csv", range(20)), "--city", "ningbo")
        codes = [code for (code,) in firm.rows("SELECT code FROM listing ORDER BY id")]
        firm.serve()
        price, size, wanted = 2_000_000, 1000, 20
        for turn in range(rounds):
            file = firm.homes("homes.csv", range(1000 + turn * size, 1000 + (turn + 1) * size))
            importing = firm.start("import", "listings", file, "--city", "ningbo")
            stopped = threading.Event()

            def change(from_price: int) -> None:
                for step in itertools.count():
                    if stopped.is_set():
                        return
                    amount, code = from_price + step, codes[step % len(codes)]
                    ended, _, _ = firm.end("reprice", code, f"{amount}元")
                    (acknowledged if ended == 0 else unsure)[amount * 100] = code

            changing = threading.Thread(target=change, args=(price,))
            changing.start()
            price += 100_000
            time.sleep(0.3 + moment(0.4))
            cluster.stop(["immediate", "fast"][turn % 2])
            if turn == 0:
                # The pages that need the database say so; the process lives.
                if firm.status("/healthz") != 200:
                    fail("the server died with the database")
                wait_until(lambda: firm.status("/ningbo/listings") in (500, 503), 20, "an answer without a database")
            importing.communicate(timeout=60)
            stopped.set()
            changing.join()
            cluster.start()
            wait_until(lambda: firm.status("/ningbo/listings") == 200, 20, "the gallery after a restart")
            check_prices(firm, acknowledged, unsure)
            firm.run("import", "listings", file, "--city", "ningbo")
            wanted += size
            taken = firm.taken()
            if len(taken) != wanted or any(count != 1 for count in taken.values()):
                fail(f"{len(taken)} rows instead of {wanted}")
            firm.verify()
        firm.stop_server()
    return f"{rounds} stops, {len(acknowledged)} prices acknowledged, {len(unsure)} not"
