"""The engine and its peers, all run the same way: a process, one JSON object, an assignment."""

import json
import os
import shlex
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
SIZES = ["seed", "city", "custom", "national", "huge"]

# Wall seconds that the engine is given for the constrained variant.
OUR_LIMIT = {"national": 60, "huge": 150}


@dataclass
class Runner:
    name: str
    constrained: bool
    # Words with {file}, {assignment} and {limit} to fill in.
    command: list
    ours: bool = False
    # The largest family it is known to finish.
    largest: str = "huge"
    scaling: bool = False

    @property
    def key(self):
        return self.name, self.constrained

    def run(self, path, assignment, limit):
        assignment.unlink(missing_ok=True)
        words = [word.format(file=path, assignment=assignment, limit=limit)
                 for word in self.command]
        began = time.monotonic()
        try:
            done = subprocess.run(words, capture_output=True, text=True, timeout=3 * limit + 60)
        except subprocess.TimeoutExpired:
            return {"failure": f"killed after {time.monotonic() - began:.0f} s",
                    "elapsed": time.monotonic() - began}
        elapsed = time.monotonic() - began
        try:
            result = json.loads(done.stdout.strip().splitlines()[-1])
        except (ValueError, IndexError):
            why = (done.stderr.strip().splitlines() or ["no output"])[-1]
            return {"failure": f"exit code {done.returncode}: {why[:120]}", "elapsed": elapsed}
        result["elapsed"] = elapsed
        result["assignment"] = assignment if assignment.exists() else None
        if result["assignment"] and result["status"] in ("none", "limit", "fractional"):
            result["assignment"] = None
        if self.ours:
            result["claimed"] = (result.pop("filled"), result.pop("points"))
            if result.get("boundFilled") is not None:
                result["provedAtMost"] = (result["boundFilled"], result["bound"])
        return result


def ours(family, scaling):
    """The engine: one thread against the peers, two to show what the second is good for."""
    command = shlex.split(os.environ["SOLVER"]) + ["{file}", "--json", "--assignment",
                                                   "{assignment}"]
    limit = OUR_LIMIT.get(family)
    for constrained in (False, True):
        variant = ["--variant", "constrained" if constrained else "plain"]
        timed = ["--time-limit", str(limit)] if limit and constrained else []
        for threads in ("1", "2"):
            yield Runner(f"Parvis optimal, {threads} thread{'s' if threads > '1' else ''}",
                         constrained,
                         command + variant + timed + ["--threads", threads], ours=True,
                         scaling=threads == "1" and not constrained)
        for strategy in ("stable", "greedy"):
            yield Runner(f"Parvis {strategy}", constrained,
                         command + variant + ["--strategy", strategy], ours=True)


def peers(work):
    python = [sys.executable, "-B"]

    def script(name, *words):
        return [*python, str(PEERS / name), "{file}", *words]

    if (work / "lemon").exists():
        for method, name, largest in (("network-simplex", "NetworkSimplex", "huge"),
                                      ("cost-scaling", "CostScaling", "national"),
                                      ("capacity-scaling", "CapacityScaling", "city")):
            yield Runner(f"LEMON {name}", False,
                         [str(work / "lemon"), "{file}", method, "{assignment}"],
                         largest=largest, scaling=method == "network-simplex")
    for method in ("maxflow", "bypass"):
        yield Runner(f"OR-Tools SimpleMinCostFlow, {method}", False,
                     script("ortools_flow.py", method, "{assignment}"),
                     scaling=method == "maxflow")
    for variant in ("plain", "constrained"):
        # The relaxation alone is an answer only where it is integral.
        largest = {"lp": "city" if variant == "plain" else "seed", "mip": "national",
                   "scipy": "city"}
        for method, name in (("lp", "HiGHS lp"), ("mip", "HiGHS mip"),
                             ("scipy", "scipy.optimize.milp (HiGHS)")):
            if variant == "plain" and method == "mip":
                continue
            yield Runner(name, variant == "constrained",
                         script("highs.py", variant, method, "{assignment}", "{limit}"),
                         largest=largest[method] if variant == "constrained" else "city")
        workers = str(os.cpu_count() or 1)
        yield Runner(f"OR-Tools CP-SAT, {workers} workers", variant == "constrained",
                     script("cpsat.py", variant, "{assignment}", "{limit}", workers),
                     largest="national" if variant == "constrained" else "seed")
    yield Runner("SCIP (OR-Tools)", True, script("scip.py", "{assignment}", "{limit}"),
                 largest="city")


def runners_for(family, scaling, wanted, work):
    """Who runs on a file of that family."""
    everybody = list(ours(family, scaling)) + [
        peer for peer in peers(work)
        if wanted is None or any(peer.name.startswith(w) for w in wanted.split(",") if w)]
    if scaling:
        return [runner for runner in everybody if runner.scaling]
    return [runner for runner in everybody
            if SIZES.index(family) <= SIZES.index(runner.largest)]


def live(path, constrained):
    """How long repairs take after withdrawals and returns; None where that cannot be measured."""
    variant = "constrained" if constrained else "plain"
    command = [*shlex.split(os.environ["LIVE"]), str(path), variant, "1000"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(f"live {variant}: {done.stderr.strip()[:200]}", file=sys.stderr)
        return None
    return json.loads(done.stdout)
