"""OR-Tools' min-cost flow on the plain problem.

    ortools_flow.py FILE maxflow|bypass ASSIGNMENT

maxflow  a source feeds the volunteers; of all largest flows the cheapest: seats first by
         construction
bypass   volunteers supply their capacity; idle units go straight to the sink, at a cost no
         affinity makes good
"""

import sys

import numpy as np
from ortools.graph.python import min_cost_flow

import instance_file as io

path, method, output = sys.argv[1:4]
instance = io.Instance(path)
volunteers, roles, edges = instance.volunteers, instance.roles, instance.edges
watch = io.Stopwatch()
watch.lap()
top = int(instance.edge_weight.max(initial=0))
people = np.arange(volunteers, dtype=np.int32)
places = np.arange(volunteers, volunteers + roles, dtype=np.int32)
sink = volunteers + roles
flow = min_cost_flow.SimpleMinCostFlow()


def add(tails, heads, most, cost):
    return flow.add_arcs_with_capacity_and_unit_cost(
        np.asarray(tails, np.int32), np.asarray(heads, np.int32), np.asarray(most, np.int64),
        np.asarray(cost, np.int64))


pair_arcs = add(instance.edge_volunteer, volunteers + instance.edge_role, np.ones(edges),
                top - instance.edge_weight)
add(places, np.full(roles, sink), instance.seats, np.zeros(roles))
units = int(instance.capacity.sum())
if method == "maxflow":
    source = sink + 1
    add(np.full(volunteers, source), people, instance.capacity, np.zeros(volunteers))
    flow.set_node_supply(source, units)
else:
    add(people, np.full(volunteers, sink), instance.capacity,
        np.full(volunteers, top + io.SEAT_WORTH))
    flow.set_nodes_supplies(people, instance.capacity)
flow.set_node_supply(sink, -units)
build = watch.lap()
status = flow.solve_max_flow_with_min_cost() if method == "maxflow" else flow.solve()
solve = watch.lap()
peak = io.peak_mib()
solved = status == flow.OPTIMAL
chosen = np.nonzero(flow.flows(pair_arcs))[0] if solved else None
io.report(instance, f"OR-Tools SimpleMinCostFlow, {method}", "optimal" if solved else "none",
          chosen, output, build, solve, peak)
