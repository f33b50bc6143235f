"""Runs the scenarios: main.py [--long] [NAME...]. Prints a line each; fails if one does."""

import random
import sys
import time
import traceback

import kills
import machine
import postgres

# Rounds of the short form, which belongs to `make test`, and of the long one.
SCENARIOS = {
    "imports": (kills.imports, 4, 100),
    "prices": (kills.prices, 4, 60),
    "demo": (kills.demo, 6, 60),
    "disk-full": (machine.disk_full, 2, 20),
    "failing-fsync": (machine.failing_fsync, 2, 20),
    "lock-held": (machine.lock_held, 1, 2),
    "postgres": (postgres.restarts, 2, 30),
}

long = "--long" in sys.argv
names = [word for word in sys.argv[1:] if word != "--long"] or list(SCENARIOS)
seed = random.randrange(1 << 32)
random.seed(seed)
print(f"seed {seed}")
passed = failed = 0
for name in names:
    scenario, few, many = SCENARIOS[name]
    started = time.monotonic()
    try:
        said = scenario(many if long else few)
        passed += 1
    except Exception:
        said = "FAILED\n" + traceback.format_exc()
        failed += 1
    print(f"{name}: {said} ({time.monotonic() - started:.0f} s)", flush=True)
print(f"\n  {passed} passed")
if failed:
    print(f"  {failed} failed")
    sys.exit(1)
