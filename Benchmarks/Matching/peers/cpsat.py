"""OR-Tools' CP-SAT on either variant, with as many workers as it is given.

    cpsat.py FILE plain|constrained ASSIGNMENT LIMIT WORKERS
"""

import sys

import numpy as np
from ortools.sat.python import cp_model

import instance_file as io

path, variant, output, limit, workers = sys.argv[1:6]
constrained = variant == "constrained"
instance = io.Instance(path)
watch = io.Stopwatch()
watch.lap()
model = cp_model.CpModel()
pairs = [model.new_bool_var("") for _ in range(instance.edges)]
for edges, most in io.limits(instance, constrained):
    members = [pairs[edge] for edge in edges.tolist()]
    if most == 1:
        model.add_at_most_one(members)
    else:
        model.add(cp_model.LinearExpr.sum(members) <= most)
terms, gains = list(pairs), (io.SEAT_WORTH + instance.edge_weight).tolist()
if constrained:
    for edges in io.seeker_edges(instance):
        nobody = model.new_bool_var("")
        model.add_bool_or([pairs[edge] for edge in edges.tolist()] + [nobody])
        terms.append(nobody)
        gains.append(-instance.seeker_penalty)
    for edge in instance.pinned_edges().tolist():
        model.add(pairs[edge] == 1)
model.maximize(cp_model.LinearExpr.weighted_sum(terms, gains))
solver = cp_model.CpSolver()
solver.parameters.num_workers = int(workers)
solver.parameters.max_time_in_seconds = float(limit)
build = watch.lap()
outcome = solver.solve(model)
solve = watch.lap()
peak = io.peak_mib()
chosen = None
if outcome in (cp_model.OPTIMAL, cp_model.FEASIBLE):
    chosen = np.nonzero([solver.boolean_value(pair) for pair in pairs])[0]
status = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible"}.get(outcome, "none")
io.report(instance, f"OR-Tools CP-SAT ({workers} workers)", status, chosen, output, build, solve,
          peak, solver.best_objective_bound)
