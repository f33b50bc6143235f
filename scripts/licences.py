"""Checks that everything we ship may be shipped under AGPL-3.0-or-later: the crates compiled into the server and
the browser's half (build and test tools are not shipped), and the npm packages whose scripts are vendored."""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {
    "0BSD", "AGPL-3.0-or-later", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause",
    "BSL-1.0", "CC0-1.0", "CDLA-Permissive-2.0", "ISC", "MIT", "MIT-0", "MPL-2.0", "OFL-1.1", "Unicode-3.0",
    "Unlicense", "Zlib",
}


def allowed(expression):
    """Evaluates an SPDX expression; a slash is the old way to write OR."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR ").replace(" WITH ", "_WITH_"))

    def either():
        ok = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            ok = both() or ok
        return ok

    def both():
        ok = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            ok = one() and ok
        return ok

    def one():
        token = tokens.pop(0)
        if token == "(":
            ok = either()
            tokens.pop(0)
            return ok
        return token.replace("_WITH_", " WITH ") in ALLOWED

    return either()


def shipped_crates():
    """Every crate that a member of the workspace reaches by normal dependencies, optional ones included."""
    command = ["cargo", "metadata", "--format-version", "1", "--all-features", "--locked"]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    edges = {
        node["id"]: [d["pkg"] for d in node["deps"] if any(kind["kind"] is None for kind in d["dep_kinds"])]
        for node in metadata["resolve"]["nodes"]
    }
    reached, queue = set(), list(metadata["workspace_members"])
    while queue:
        crate = queue.pop()
        if crate not in reached:
            reached.add(crate)
            queue += edges[crate]
    return [(p["name"], p["version"], p["license"] or "") for p in metadata["packages"] if p["id"] in reached]


def shipped_scripts():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    names = lock[""].get("dependencies", {})
    return [(name, lock[f"node_modules/{name}"]["version"], lock[f"node_modules/{name}"].get("license", "")) for name in names]


def main():
    packages = shipped_crates() + shipped_scripts()
    refused = [(n, v, l) for n, v, l in packages if not l or not allowed(l)]
    for name, version, licence in refused:
        print(f"FAIL {name} {version}: {licence or 'names no licence'}")
    print(f"{len(packages)} packages, {len(refused)} refused")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
