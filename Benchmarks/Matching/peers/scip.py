"""SCIP, as shipped with OR-Tools, on the constrained problem.

    scip.py FILE ASSIGNMENT LIMIT
"""

import sys

import numpy as np
from ortools.linear_solver import pywraplp

import instance_file as io

path, output, limit = sys.argv[1:4]
instance = io.Instance(path)
watch = io.Stopwatch()
watch.lap()
solver = pywraplp.Solver.CreateSolver("SCIP")
solver.SetTimeLimit(int(float(limit) * 1000))
gain = solver.Objective()
gain.SetMaximization()
pairs = [solver.BoolVar("") for _ in range(instance.edges)]
for pair, weight in zip(pairs, instance.edge_weight.tolist()):
    gain.SetCoefficient(pair, io.SEAT_WORTH + weight)
for edges, most in io.limits(instance, True):
    row = solver.Constraint(-solver.infinity(), most)
    for edge in edges.tolist():
        row.SetCoefficient(pairs[edge], 1)
for edges in io.seeker_edges(instance):
    nobody = solver.BoolVar("")
    gain.SetCoefficient(nobody, -instance.seeker_penalty)
    row = solver.Constraint(1, solver.infinity())
    row.SetCoefficient(nobody, 1)
    for edge in edges.tolist():
        row.SetCoefficient(pairs[edge], 1)
for edge in instance.pinned_edges().tolist():
    pairs[edge].SetLb(1)
options = pywraplp.MPSolverParameters()
options.SetDoubleParam(options.RELATIVE_MIP_GAP, 0.0)
build = watch.lap()
outcome = solver.Solve(options)
solve = watch.lap()
peak = io.peak_mib()
status = {solver.OPTIMAL: "optimal", solver.FEASIBLE: "feasible"}.get(outcome, "none")
chosen = None
if status != "none":
    chosen = np.nonzero([pair.solution_value() > 0.5 for pair in pairs])[0]
io.report(instance, "SCIP (OR-Tools)", status, chosen, output, build, solve, peak,
          gain.BestBound() if chosen is not None else None)
