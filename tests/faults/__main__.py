"""Faults under load: `make faults ARGS="--kills 200 --seed 7"`. Ends with a table; exit code 1 when a promise did not hold."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path

from tests.faults.campaign import Campaign, Plan
from tests.faults.trees import Apart, Run
from tests.operations import started


def main() -> int:
    parser = ArgumentParser("make faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=40, help="kill -9 of any of them (%(default)s)")
    parser.add_argument("--stops", type=int, default=0, help="SIGSTOP … SIGCONT of any of them (%(default)s)")
    parser.add_argument("--stop-seconds", type=float, default=30, help="how long a stop lasts (%(default)s)")
    parser.add_argument("--seed", default="1", help="decides who is struck and when, and what the desks do (%(default)s)")
    parser.add_argument("--apart", action="store_true", help="two apps and two workers on a server of their own, not `run`")
    parser.add_argument("--desks", type=int, default=2, help="in each of the two clinics (%(default)s)")
    parser.add_argument("--every", type=int, default=25, help="look at the promises after so many faults (%(default)s)")
    parser.add_argument("--kinds", default="", help="these faults in this order, separated by commas, instead of chance")
    parser.add_argument("--strict", action="store_true", help="fail on the time limits, too")
    parser.add_argument("--journal", type=Path, help="where to write what was acknowledged")
    given = parser.parse_args()
    kinds = tuple(kind.strip() for kind in given.kinds.split(",") if kind.strip())
    plan = Plan(given.kills, given.stops, given.stop_seconds, given.seed, given.desks, given.every, kinds=kinds)
    with started.folder() as data:
        began = time.monotonic()
        tree = Apart(data) if given.apart else Run(data)
        campaign = Campaign(tree, plan, journal=given.journal or data.with_suffix(".journal"), tell=_tell)
        try:
            wrong = campaign.run()
        finally:
            tree.end()
        print(f"\n{campaign.account()}\n  {time.monotonic() - began:.0f} s in all")
    wrong += campaign.left_over()
    late = campaign.ledger.late() + campaign.ledger.never
    for sentence in wrong:
        print(f"  BROKEN {sentence}")
    for sentence in late:
        print(f"  LATE   {sentence}")
    print("  every promise held" if not wrong else f"  {len(wrong)} promises BROKEN")
    return 1 if wrong or (given.strict and late) else 0


def _tell(what: str) -> None:
    print(f"  {time.strftime('%H:%M:%S')} {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
