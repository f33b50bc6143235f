"""Power cuts: kill -9 in the middle of an import, of price changes, of the making of a demo firm."""

import random
import threading

from firm import Firm, fail, kill_after, moment


def imports(rounds: int) -> str:
    """Every row of a killed import is there once or not at all, and the next run adds what is missing."""
    killed, size = 0, 3000
    with Firm() as firm:
        for turn in range(rounds):
            served = turn % 2 == 1
            file = firm.homes("homes.csv", range(turn * size, (turn + 1) * size))
            command = ("import", "listings", file, "--city", "ningbo")
            before = firm.taken()
            if served:
                firm.serve()
            child = firm.start(*command)
            killed += kill_after(child, 0.05 + moment(0.8))
            if served:
                # The server as well: at once, or while it undoes what it was told.
                firm.kill_server()
            firm.verify()
            after = firm.taken()
            if any(count != 1 for count in after.values()):
                fail("a row was taken in twice")
            if any(number not in after for number in before):
                fail("a row that was promised is gone")
            firm.run(*command)
            firm.verify()
            whole = firm.taken()
            if len(whole) != (turn + 1) * size or any(count != 1 for count in whole.values()):
                fail(f"{len(whole)} rows instead of {(turn + 1) * size}")
            again = firm.run(*command)
            if "duplicate 3,000" not in again and "3,000 duplicates" not in again and len(firm.taken()) != len(whole):
                fail(f"the same file once more added something: {again}")
    return f"{killed} of {rounds} imports killed, {len(whole)} rows each there once"


def prices(rounds: int) -> str:
    """Every acknowledged price is in the history once, every other 0 or 1 times; the last one counts."""
    acknowledged, unsure, kills = {}, {}, 0
    with Firm() as firm:
        firm.run("import", "listings", firm.homes("homes.csv", range(40)), "--city", "ningbo")
        codes = [code for (code,) in firm.rows("SELECT code FROM listing ORDER BY id")]
        price = 1_000_000
        for turn in range(rounds):
            if turn % 4 != 3:
                firm.serve()
            stopping = threading.Event()
            timer = threading.Timer(0.1 + moment(0.9), stopping.set)
            timer.start()
            while not stopping.is_set():
                # No price is asked twice, so that each stands for one command.
                price += 1
                code = random.choice(codes)
                child = firm.start("reprice", code, f"{price}元", "--reason", f"turn {turn}")
                last = firm.server is not None and stopping.wait(0) or random.random() < 0.02
                if last and kill_after(child, moment(0.02)):
                    kills += 1
                    unsure[price * 100] = code
                    continue
                child.communicate()
                if child.returncode == 0:
                    acknowledged[price * 100] = code
                else:
                    unsure[price * 100] = code
            if firm.server:
                child = firm.start("reprice", random.choice(codes), f"{price + 1}元")
                price += 1
                kill = threading.Timer(moment(0.02), firm.server.kill)
                kill.start()
                child.communicate()
                (acknowledged if child.returncode == 0 else unsure)[price * 100] = child.args[2]
                kill.join()
                kills += 1
                firm.kill_server()
            timer.cancel()
            firm.verify()
            check_prices(firm, acknowledged, unsure)
    return f"{len(acknowledged)} prices acknowledged, {len(unsure)} not, {kills} kills"


def check_prices(firm: Firm, acknowledged: dict, unsure: dict) -> None:
    found: dict[int, list[str]] = {}
    sql = (
        "SELECT e.new_price, l.code FROM price_event e JOIN listing l ON l.id = e.listing_id "
        "WHERE e.old_price IS NOT NULL"
    )
    for new, code in firm.rows(sql):
        found.setdefault(int(new), []).append(code)
    for amount, code in acknowledged.items():
        if found.get(amount) != [code]:
            fail(f"an acknowledged price of {code} is there {found.get(amount)}")
    for amount, codes in found.items():
        if amount not in acknowledged and codes != [unsure.get(amount)]:
            fail(f"a price that nobody asked for: {amount} for {codes}")


def demo(rounds: int) -> str:
    """A demo firm that was interrupted again and again is the one that was never interrupted."""
    killed = 0
    with Firm() as firm:
        for turn in range(rounds):
            child = firm.start("demo", "--size", "10k")
            if not kill_after(child, 0.05 + moment(0.7)):
                break
            killed += 1
            if turn % 4 == 0:
                firm.verify()
        firm.run("demo", "--size", "10k")
        firm.verify()
        (count, different), = firm.rows("SELECT COUNT(*), COUNT(DISTINCT room_id) FROM listing")
        (public,), = firm.rows("SELECT COUNT(*) FROM listing WHERE state IN ('active', 'under_offer')")
        if (public, count) != (10_000, different):
            fail(f"{public} public homes, {count} listings of {different} rooms")
    return f"{killed} times killed, 10,000 homes"
