"""Runs the engine and its peers on the same files, checks every answer and writes the tables.

    run.py WORK-FOLDER          (see run.sh, which prepares everything and then calls this)
"""

import json
import os
import statistics
import sys
from datetime import date
from pathlib import Path

import chart
import document
import machine
from checker import Checker
from instances import FAMILIES, SCALING, make
from runners import live, runners_for

WORK = Path(sys.argv[1])
LIMIT = float(os.environ.get("LIMIT", "200"))
ROUNDS = 5


def rounds_worth(seconds):
    """How often something that takes so long is run."""
    return ROUNDS if seconds < 2 else 3 if seconds < 20 else 1


def measure(instance, runners):
    """Runs every runner on one file, round after round so that a noisy minute hits them all."""
    checker = Checker(instance.path)
    results = {runner.key: [] for runner in runners}
    given_up = set()
    for turn in range(ROUNDS):
        for runner in runners:
            done = results[runner.key]
            if runner.key in given_up:
                continue
            if done and turn >= rounds_worth(statistics.median(r["elapsed"] for r in done)):
                continue
            result = runner.run(instance.path, WORK / "assignment.txt", LIMIT)
            if result.get("failure"):
                given_up.add(runner.key)
            elif result["assignment"] is not None:
                result.update(checker.check(result.pop("assignment"), runner.constrained))
            result.pop("assignment", None)
            done.append(result)
            print(document.progress_line(instance.name, runner, result), flush=True)
    return [summary(runner, results[runner.key]) for runner in runners]


def summary(runner, runs):
    """The medians of the runs of one runner."""
    first = dict(runs[0])
    for key in ("buildSeconds", "solveSeconds", "buildCPUSeconds", "solveCPUSeconds", "peakMiB"):
        values = [run[key] for run in runs if run.get(key) is not None]
        first[key] = statistics.median(values) if values else None
    scores = {(run.get("filled"), run.get("points")) for run in runs}
    first.update(name=runner.name, ours=runner.ours, constrained=runner.constrained,
                 runs=len(runs), steady=len(scores) == 1)
    return first


def disagreements(instance, rows):
    """What cannot be true together about one file."""
    found = []
    for constrained in (False, True):
        side = [row for row in rows if row["constrained"] == constrained and "filled" in row]
        exact = [row for row in side if row["status"] == "optimal"]
        best = max(((row["filled"], row["points"]) for row in side), default=None)
        variant = "constrained" if constrained else "plain"
        for row in side:
            score = (row["filled"], row["points"])
            for broken in row["broken"]:
                found.append(f"{instance} {variant}: {row['name']}: {broken}")
            if row in exact and score != best:
                found.append(f"{instance} {variant}: {row['name']} says {score} is optimal, "
                             f"another answer has {best}")
            if row["ours"] and row.get("claimed") and row["claimed"] != score:
                found.append(f"{instance} {variant}: {row['name']} claims {row['claimed']}, "
                             f"its assignment has {score}")
            if row["ours"] and not row["steady"]:
                found.append(f"{instance} {variant}: {row['name']} differs from run to run")
            if row["ours"] and row.get("provedAtMost") and tuple(row["provedAtMost"]) < best:
                found.append(f"{instance} {variant}: {row['name']} proves at most "
                             f"{row['provedAtMost']}, another answer has {best}")
    return found


def main():
    families = [f for f in os.environ.get("FAMILIES", "seed,city").split(",") if f]
    unknown = [family for family in families if family not in FAMILIES]
    if unknown:
        raise SystemExit(f"no such family: {', '.join(unknown)}; there are {', '.join(FAMILIES)}")
    wanted = os.environ.get("PEERS")
    facts = machine.facts()
    kept = WORK / "results"
    kept.mkdir(exist_ok=True)
    problems = []
    groups = [(family, FAMILIES[family], False) for family in families]
    if os.environ.get("SCALING", "1") == "1":
        groups.append(("scaling", SCALING, True))
    for family, recipes, scaling in groups:
        measured = []
        for recipe in recipes:
            instance = make(recipe, WORK / "instances")
            rows = measure(instance, runners_for(recipe.family, scaling, wanted, WORK))
            problems += disagreements(instance.name, rows)
            repairs = {} if scaling else {
                variant: live(instance.path, variant == "constrained")
                for variant in ("plain", "constrained")}
            measured.append({"instance": instance.name, "edges": instance.edges, "rows": rows,
                             "live": repairs})
        entry = {"date": date.today().isoformat(), "machine": facts, "limit": LIMIT,
                 "instances": measured}
        (kept / f"{family}.json").write_text(json.dumps(entry, indent=1))
    (WORK / "assignment.txt").unlink(missing_ok=True)
    everything = {name: json.loads((kept / f"{name}.json").read_text())
                  for name in [*FAMILIES, "scaling"] if (kept / f"{name}.json").exists()}
    if "scaling" in everything:
        Path("docs/matching-scaling.svg").write_text(chart.svg(everything["scaling"]))
    text = document.render(everything)
    document.replace_section(Path("docs/performance.md"), text)
    print("\n" + text)
    if problems:
        print("\n".join(["", "DISAGREEMENT:"] + problems), file=sys.stderr)
        raise SystemExit(1)


main()
