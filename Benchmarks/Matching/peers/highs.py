"""HiGHS, through highspy or through SciPy.

    highs.py FILE plain|constrained lp|mip|scipy ASSIGNMENT LIMIT

lp     the linear relaxation; where it is integral, as in the plain problem, it is the answer
mip    the integer program, to a gap of zero
scipy  the integer program through scipy.optimize.milp
"""

import sys

import highspy
import numpy as np
import scipy.sparse
from scipy.optimize import Bounds, LinearConstraint, milp

import instance_file as io

path, variant, method, output, limit = sys.argv[1:6]
constrained = variant == "constrained"
instance = io.Instance(path)
edges = instance.edges
watch = io.Stopwatch()
watch.lap()


def model():
    """Gain, matrix and upper limits of the rows, lower limits of the columns."""
    columns, upper = [], []
    for members, most in io.limits(instance, constrained):
        columns.append(members)
        upper.append(most)
    signs = [np.ones(len(members)) for members in columns]
    gain = [io.SEAT_WORTH + instance.edge_weight]
    least = np.zeros(edges)
    if constrained:
        least[instance.pinned_edges()] = 1
        missing = 0
        for members in io.seeker_edges(instance):
            # A column of its own is 1 where no seeker comes: -missing - sum of seekers <= -1.
            columns.append(np.append(members, edges + missing))
            signs.append(np.full(len(members) + 1, -1.0))
            upper.append(-1)
            missing += 1
        gain.append(np.full(missing, -instance.seeker_penalty))
        least = np.append(least, np.zeros(missing))
    gain = np.concatenate(gain).astype(float)
    start = np.concatenate([[0], np.cumsum([len(members) for members in columns])])
    shape = (len(columns), len(gain))
    matrix = scipy.sparse.csr_matrix(
        (np.concatenate(signs), np.concatenate(columns), start), shape).tocsc()
    return gain, matrix, np.array(upper, float), least


def with_scipy():
    gain, matrix, upper, least = model()
    ready = watch.lap()
    result = milp(-gain, integrality=np.ones(len(gain)), bounds=Bounds(least, 1),
                  constraints=LinearConstraint(matrix, -np.inf, upper),
                  options={"time_limit": float(limit), "mip_rel_gap": 0})
    spent = watch.lap()
    status = {0: "optimal", 1: "limit"}.get(result.status, "none")
    bound = getattr(result, "mip_dual_bound", None)
    return ready, spent, status, result.x, None if bound is None else -bound


def with_highspy():
    gain, matrix, upper, least = model()
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_, program.col_lower_, program.col_upper_ = gain, least, np.ones(len(gain))
    program.row_lower_, program.row_upper_ = np.full(len(upper), -highspy.kHighsInf), upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = matrix.indptr
    program.a_matrix_.index_ = matrix.indices
    program.a_matrix_.value_ = matrix.data
    if method == "mip":
        program.integrality_ = [highspy.HighsVarType.kInteger] * len(gain)
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("time_limit", float(limit)),
                          ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5)):
        solver.setOptionValue(option, value)
    solver.passModel(program)
    ready = watch.lap()
    solver.run()
    spent = watch.lap()
    words = solver.modelStatusToString(solver.getModelStatus()).lower()
    answer = solver.getSolution()
    values = np.array(answer.col_value) if answer.value_valid else None
    info = solver.getInfo()
    bound = info.mip_dual_bound if method == "mip" else info.objective_function_value
    return ready, spent, "optimal" if words == "optimal" else "limit", values, bound


build, solve, status, values, bound = with_scipy() if method == "scipy" else with_highspy()
peak = io.peak_mib()
chosen = None
if values is not None:
    values = values[:edges]
    if np.abs(values - np.round(values)).max() < 1e-5:
        chosen = np.nonzero(values > 0.5)[0]
    else:
        status = "fractional"
if chosen is not None and status == "limit":
    status = "feasible"
name = "scipy.optimize.milp (HiGHS)" if method == "scipy" else f"HiGHS {method}"
io.report(instance, name, status, chosen, output, build, solve, peak, bound)
