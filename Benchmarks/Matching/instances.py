"""The instances: made by our own generator, and checked against the published hashes."""

import hashlib
import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

# Of the files that the specification describes; a generator that differs in one byte is wrong.
SHA256 = {
    "seed-1": "febd96a3cc58d7fba615561954216a3e57f080495b2ec9a5ac7dfdbff9953de0",
    "seed-2": "12bdd10f2c5a00b6929d7e7405c0debd6a5f0d5086fac9c39867dcfe2f069b57",
    "seed-3": "4cec19f2ed8c1e10a2624fe0ecaee4fb0a69b0f02b967975fff05264a2301a7c",
    "city-1": "3aeaffb2ab04be041ab27189923859c105eb15b3868b020efedcaf26d968777d",
    "national-1": "ab93f37a0255655c8f6d2b3415a9c23a4208ab4ed5f39f0bc0267c23b82277e8",
    "huge-1": "69b35de4c735129e8fdd0ef21af95074374e2e46e25af0dc29a0a90d63df3c13",
}


@dataclass
class Recipe:
    """What to ask the generator for."""

    name: str
    family: str
    arguments: list


@dataclass
class InstanceFile:
    name: str
    path: Path
    edges: int


def recipe(family, seed):
    return Recipe(f"{family}-{seed}", family, [family, str(seed)])


def custom(volunteers):
    return Recipe(f"{volunteers:,} volunteers", "custom",
                  ["custom", "1", "--volunteers", str(volunteers)])


FAMILIES = {
    "seed": [recipe("seed", seed) for seed in (1, 2, 3)],
    "city": [recipe("city", 1)],
    "national": [recipe("national", 1)],
    "huge": [recipe("huge", 1)],
}

# Four sizes, each about three times the one before.
SCALING = [recipe("city", 1), custom(15_000), custom(40_000), recipe("national", 1)]


def make(wanted, folder):
    """The file of a recipe, generated unless it is there already."""
    folder.mkdir(exist_ok=True)
    path = folder / ("-".join(part.lstrip("-") for part in wanted.arguments) + ".match")
    if not path.exists():
        half = path.with_suffix(".part")
        subprocess.run([*shlex.split(os.environ["GENERATOR"]), *wanted.arguments, "-o", half],
                       check=True)
        half.rename(path)
    expected = SHA256.get(wanted.name)
    with open(path, "rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        file.readline()
        edges = int(file.readline().split()[3])
    if expected and found != expected:
        raise SystemExit(f"{wanted.name}: the generated file has SHA-256 {found}, not {expected}")
    return InstanceFile(wanted.name, path, edges)
