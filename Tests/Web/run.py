"""Runs the tests of the portal, as many at once as there are cores: run.py [subject…].

The plays are made first, once, and shared. What starts a server for each of its tests is run test by
test, the rest class by class; what takes longest begins first. What fails beside others is tried once
more by itself and named: a browser that starved is no fault of the portal, one that fails alone is."""

import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
# What takes minutes; the others take seconds.
LONG = ("pages_test", "leaks_test", "matching_test", "foreign_test", "factors_test")


def cases(suite):
    for one in suite:
        if isinstance(one, unittest.TestSuite):
            yield from cases(one)
        else:
            yield one


def units(subjects):
    """What is run by itself, each by the name that unittest knows it by."""
    files = sorted(HERE.glob("*_test.py"))
    if subjects:
        wanted = {subject.removesuffix("_test") + "_test" for subject in subjects}
        files = [file for file in files if file.stem in wanted]
        missing = wanted - {file.stem for file in files}
        if missing:
            sys.exit(f"there is no {', '.join(sorted(missing))}")
    names = []
    for file in files:
        for case in cases(unittest.defaultTestLoader.loadTestsFromName(file.stem)):
            kind = type(case)
            shares = kind.setUpClass.__func__ is not unittest.TestCase.setUpClass.__func__
            name = f"{kind.__module__}.{kind.__name__}"
            names.append(name if shares else f"{name}.{case._testMethodName}")
    names = list(dict.fromkeys(names))
    return sorted(names, key=lambda name: LONG.index(name.split(".")[0])
                  if name.split(".")[0] in LONG else len(LONG))


def run(name, environment):
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "unittest", "-v", name], cwd=HERE, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return name, done.returncode == 0, time.monotonic() - began, done.stdout


def main():
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="parvis-plays-") as folder:
        # Before anything of the tests is loaded: they look for the plays where this says.
        os.environ["PLAYS"] = os.environ.get("PLAYS") or folder
        environment = {**os.environ, "LOOKED": str(pathlib.Path(folder) / "looked")}
        names = units(sys.argv[1:])
        from support import instance
        for chapter in instance.CHAPTERS:
            instance.played(chapter)
        print(f"the plays are made: {time.monotonic() - began:.0f} s", flush=True)
        failed, again = [], []
        most = int(os.environ.get("JOBS") or os.cpu_count() or 2)
        with concurrent.futures.ThreadPoolExecutor(most) as pool:
            for done in concurrent.futures.as_completed(
                    [pool.submit(run, name, environment) for name in names]):
                if not told(*done.result()):
                    failed.append(done.result()[0])
        for name in list(failed):
            if told(*run(name, environment), word="again "):
                failed.remove(name)
                again.append(name)
    print(f"{len(names)} in {time.monotonic() - began:.0f} s, {len(failed)} failed"
          + "".join(f"\n  {name}" for name in failed)
          + "".join(f"\n  only at the second try: {name}" for name in again))
    sys.exit(1 if failed else 0)


def told(name, is_good, seconds, output, word="ok    "):
    print(f"{word if is_good else 'FAILED'} {seconds:5.0f} s  {name}", flush=True)
    if not is_good:
        print(output, flush=True)
    for line in output.splitlines():
        if is_good and line.startswith("  "):
            print("       " + line, flush=True)
    return is_good


if __name__ == "__main__":
    main()
