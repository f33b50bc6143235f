"""Compares Cargo.lock with a table of the RustSec advisories.

A known vulnerability or unsound crate fails. An unmaintained one needs a reason in scripts/advisories.toml.
The table is at $ADVISORIES (default: ../shared/advisories/rustsec.tsv): id, date, package, kind, patched,
unaffected, only_on, title, separated by tabs; alternatives of a requirement by ` || `. A version is affected
when it matches none of the patched and none of the unaffected requirements. Exit 77: no table, so not checked.
"""

import csv
import os
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = 77
# The server runs on Linux; an advisory limited to other systems does not concern it.
OUR_SYSTEM = "linux"
OTHER_SYSTEMS = {"windows", "macos", "ios", "android", "freebsd", "netbsd", "openbsd", "dragonfly",
                 "solaris", "illumos", "redox", "fuchsia"}


def version_key(text):
    """Orders versions as semver does: numbers, then a release after its pre-releases; build marks are ignored."""
    numbers, _, pre = text.split("+")[0].partition("-")
    core = [int(n) for n in numbers.split(".")]
    core += [0] * (3 - len(core))
    # Within a pre-release numbers come before words.
    marks = [(0, int(m), "") if m.isdigit() else (1, 0, m) for m in pre.split(".")] if pre else []
    return core, not pre, marks


def matches_one(version, comparator):
    operator, wanted = re.fullmatch(r"\s*(>=|<=|>|<|=|\^|~)?\s*(\S+)\s*", comparator).groups()
    have, want = version_key(version), version_key(wanted)
    if operator in (">", ">=", "<", "<=", "="):
        return {">": have > want, ">=": have >= want, "<": have < want, "<=": have <= want, "=": have == want}[operator]
    # `^1.2.3`, the meaning of a bare version too: the leftmost number that is not zero stays; `~1.2.3`: only the patch moves.
    fixed = 2 if operator == "~" else next((i + 1 for i, n in enumerate(want[0]) if n), 3)
    return have >= want and have[0][:fixed] == want[0][:fixed]


def matches(version, requirement):
    """`>= 1.2, < 2 || >= 2.1`: any alternative of which every part holds."""
    return any(
        all(matches_one(version, part) for part in alternative.split(","))
        for alternative in requirement.split("||")
        if alternative.strip()
    )


def concerns_us(only_on):
    systems = OTHER_SYSTEMS | {OUR_SYSTEM}
    named = {name for name in only_on.split(",") if name in systems}
    return not named or OUR_SYSTEM in named


def main():
    path = Path(os.environ.get("ADVISORIES", ROOT / "../shared/advisories/rustsec.tsv"))
    if not path.is_file():
        print(f"skipped: no table of advisories at {path} (set ADVISORIES)")
        return SKIPPED
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))
    versions = {}
    for package in lock["package"]:
        if "source" in package:
            versions.setdefault(package["name"], []).append(package["version"])
    listed = tomllib.loads((ROOT / "scripts/advisories.toml").read_text(encoding="utf-8"))
    reasons = {entry["id"]: entry["reason"] for entry in listed.get("unmaintained", [])}

    bad = 0
    seen = set()
    for row in table:
        for version in versions.get(row["package"], []):
            safe = matches(version, row["patched"]) or matches(version, row["unaffected"])
            if safe or not concerns_us(row["only_on"]):
                continue
            line = f"{row['id']} {row['package']} {version} ({row['kind']}): {row['title']}"
            if row["kind"] in ("vulnerability", "unsound"):
                bad += 1
                print(f"FAIL {line}; patched in {row['patched'] or 'no version'}")
            elif row["kind"] == "unmaintained":
                seen.add(row["id"])
                reason = reasons.get(row["id"])
                bad += reason is None
                print(f"kept {line}: {reason}" if reason else f"FAIL {line}; needs a reason in scripts/advisories.toml")
    for stale in sorted(reasons.keys() - seen):
        print(f"note {stale} in scripts/advisories.toml concerns nothing any more")
    print(f"{sum(map(len, versions.values()))} crates, {len(table)} advisories, {bad} to act on")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
