"""A machine that does not do as it is told: a full disk, a failing fsync, somebody who holds the lock."""

import fcntl
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import time

from firm import PROGRAM, Firm, fail, moment

FAULT, REFUSED = 4, 3


def disk_full(rounds: int) -> str:
    """What does not fit is undone and said; what fitted stays, reading goes on, and with room it goes on."""
    reached = 0
    for turn in range(rounds):
        with Firm() as firm:
            file = firm.homes("homes.csv", range(16000))
            command = ("import", "listings", file, "--city", "ningbo")
            limit = 1_400_000 + int(moment(1_600_000))
            code, _, err = firm.end(*command, **small_files(limit))
            if code == 0:
                continue
            reached += 1
            if code != FAULT or not re.search("full|disk|I/O|large", err):
                fail(f"a full disk ended with {code}: {err}")
            firm.verify()
            before = firm.taken()
            firm.serve(**small_files(limit))
            number = firm.rows("SELECT code FROM listing LIMIT 1")
            told = firm.end(*command)
            if told[0] != FAULT or firm.status("/ningbo/listings") != 200 or firm.status("/healthz") != 200:
                fail(f"a server with a full disk: {told}, {number}")
            firm.kill_server()
            firm.verify()
            if any(count != 1 for count in firm.taken().values()) or not before.items() <= firm.taken().items():
                fail("rows are lost or twice there")
            firm.run(*command)
            firm.verify()
            if len(firm.taken()) != 16000:
                fail(f"{len(firm.taken())} rows after all")
    if not reached:
        fail("no limit was reached")
    return f"{reached} times full" + tmpfs()


def small_files(limit: int) -> dict:
    """No file may grow beyond the limit; the write fails and nobody is killed for it."""

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    # Python ignores SIGXFSZ, and so does then what it starts.
    return {"preexec_fn": limited, "restore_signals": False}


def tmpfs() -> str:
    """The same on a file system that is full, where one may be mounted."""
    with Firm() as firm:
        small = firm.data.parent / "small"
        small.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(small)]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
            return ", no tmpfs here"
        try:
            firm.data.rename(firm.data.parent / "first")
            shutil.copytree(firm.data.parent / "first", small / "data")
            firm.data.symlink_to(small / "data")
            code, _, err = firm.end("import", "listings", firm.homes("homes.csv", range(9000)), "--city", "ningbo")
            if code != FAULT:
                fail(f"a full tmpfs ended with {code}: {err}")
            subprocess.run(["mount", "-o", "remount,size=40m", str(small)], check=True)
            firm.verify()
            firm.run("import", "listings", str(firm.data.parent / "homes.csv"), "--city", "ningbo")
            firm.verify()
            if len(firm.taken()) != 9000:
                fail(f"{len(firm.taken())} rows on the tmpfs")
        finally:
            subprocess.run(["umount", str(small)], check=False)
    return ", and a tmpfs"


def failing_fsync(rounds: int) -> str:
    """A commit whose fsync failed was not promised; what was promised before stays."""
    if not shutil.which("strace") or subprocess.run(["strace", "true"], capture_output=True).returncode != 0:
        return "skipped: strace may not trace here"
    ended = 0
    # Six pieces of rows, each with a commit, so that the first fsync that fails is one of many.
    rows = 12_000
    for turn in range(rounds):
        with Firm() as firm:
            command = ("import", "listings", firm.homes("homes.csv", range(rows)), "--city", "ningbo")
            inject = f"inject=fsync,fdatasync:error=EIO:when={3 + int(moment(8))}+"
            wrap = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", inject]
            code, out, err = firm.end(*command, wrap=wrap)
            if code == 0:
                fail(f"an import without fsync said that it is done: {out}")
            if code != FAULT:
                fail(f"a failing fsync ended with {code}: {err}")
            ended += 1
            firm.verify()
            if any(count != 1 for count in firm.taken().values()):
                fail("a row is there twice")
            firm.run(*command)
            firm.verify()
            if len(firm.taken()) != rows:
                fail(f"{len(firm.taken())} rows after all")
    return f"{ended} imports ended with a fault"


def lock_held(rounds: int) -> str:
    """One process has the folder; the others are told so. A database that somebody else writes to is waited for."""
    with Firm() as firm:
        firm.run("import", "listings", firm.homes("homes.csv", range(20)), "--city", "ningbo")
        ((code,),) = firm.rows("SELECT code FROM listing ORDER BY id LIMIT 1")
        with open(firm.data / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for words in [("serve", "--addr", "127.0.0.1:0"), ("verify",), ("reprice", code, "90万"), ("migrate",)]:
                ended, _, err = firm.end(*words)
                if ended != REFUSED or "another menpai process" not in err:
                    fail(f"{words[0]} beside another process ended with {ended}: {err}")
        other = sqlite3.connect(firm.data / "menpai.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        child = firm.start("reprice", code, "91万")
        time.sleep(1.0)
        other.execute("ROLLBACK")
        if child.wait(timeout=20) != 0:
            fail(f"a writer did not wait: {child.communicate()}")
        if rounds > 1:
            other.execute("BEGIN IMMEDIATE")
            ended, _, err = firm.end("reprice", code, "92万")
            other.execute("ROLLBACK")
            if ended != FAULT:
                fail(f"a database that stays locked ended with {ended}: {err}")
        other.close()
        firm.verify()
        ((price,),) = firm.rows(f"SELECT price FROM listing WHERE code = '{code}'")
        if price != 91_000_000:
            fail(f"the price is {price}")
    return f"{PROGRAM.rsplit('/', 1)[-1]} waits for a second and refuses a folder that is in use"
