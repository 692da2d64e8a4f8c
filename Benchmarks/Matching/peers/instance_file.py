"""Reads `matching-instance 1` files and reports what a peer did with one."""

import json
import time

import numpy as np

# More than any affinity can make good: a filled seat comes first.
SEAT_WORTH = 3000


class Instance:
    """The file as NumPy arrays; edges are numbered volunteer by volunteer."""

    def __init__(self, path):
        with open(path, "rb") as file:
            first, rest = file.read().split(b"\n", 1)
        if first != b"matching-instance 1":
            raise SystemExit(f"{path}: not a matching instance")
        numbers = np.fromstring(rest, dtype=np.int64, sep=" ")
        (self.volunteers, self.missions, self.roles, self.edges, self.companies, pins,
         self.company_cap, self.seeker_penalty) = (int(n) for n in numbers[:8])
        at = 8
        role_table = numbers[at:at + 2 * self.roles].reshape(-1, 2)
        self.role_mission, self.seats = role_table[:, 0].copy(), role_table[:, 1].copy()
        at += 2 * self.roles
        head = np.empty(self.volunteers, np.int64)
        for volunteer in range(self.volunteers):
            head[volunteer] = at
            at += 4 + 2 * int(numbers[at + 3])
        self.capacity, self.company = numbers[head], numbers[head + 1]
        self.seeker, degree = numbers[head + 2] == 1, numbers[head + 3]
        self.edge_volunteer = np.repeat(np.arange(self.volunteers), degree)
        first_edge = np.cumsum(degree) - degree
        within = np.arange(self.edges) - first_edge[self.edge_volunteer]
        place = head[self.edge_volunteer] + 4 + 2 * within
        self.edge_role, self.edge_weight = numbers[place], numbers[place + 1]
        self.pins = numbers[at:at + 2 * pins].reshape(-1, 2)
        if at + 2 * pins != len(numbers) or len(self.edge_role) != self.edges:
            raise SystemExit(f"{path}: damaged")

    def edge_keys(self):
        """One ascending number per edge, from which edges are found again."""
        return self.edge_volunteer * self.roles + self.edge_role

    def pinned_edges(self):
        keys = self.pins[:, 0] * self.roles + self.pins[:, 1]
        return np.searchsorted(self.edge_keys(), keys)

    def edge_mission(self):
        return self.role_mission[self.edge_role]


def groups(keys, members):
    """Splits `members` by equal `keys`; yields (key, members of it)."""
    order = np.argsort(keys, kind="stable")
    keys, members = keys[order], members[order]
    if len(keys) == 0:
        return
    cuts = np.nonzero(np.diff(keys))[0] + 1
    for part, key in zip(np.split(members, cuts), keys[np.concatenate([[0], cuts])]):
        yield int(key), part


def limits(instance, constrained):
    """Every "at most" row that can bind: (edges, most). Rows that cannot are left out, which is
    what a careful user of a solver does."""
    every = np.arange(instance.edges)
    for volunteer, edges in groups(instance.edge_volunteer, every):
        if len(edges) > instance.capacity[volunteer]:
            yield edges, int(instance.capacity[volunteer])
    for role, edges in groups(instance.edge_role, every):
        if len(edges) > instance.seats[role]:
            yield edges, int(instance.seats[role])
    if constrained:
        employed = np.nonzero(instance.company[instance.edge_volunteer] >= 0)[0]
        company = instance.company[instance.edge_volunteer[employed]]
        team = company * instance.missions + instance.edge_mission()[employed]
        for _, edges in groups(team, employed):
            if len(edges) > instance.company_cap:
                yield edges, instance.company_cap


def seeker_edges(instance):
    """For each mission that could have a job seeker, the edges that would bring one."""
    edges = np.nonzero(instance.seeker[instance.edge_volunteer])[0]
    for _, part in groups(instance.edge_mission()[edges], edges):
        yield part


class Stopwatch:
    """Laps in wall seconds and in CPU seconds of all threads of this process."""

    def __init__(self):
        self.lap()

    def lap(self):
        now = (time.perf_counter(), time.process_time())
        before, self.before = getattr(self, "before", now), now
        return now[0] - before[0], now[1] - before[1]


def peak_mib():
    with open("/proc/self/status") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024


def report(instance, peer, status, chosen, output, build, solve, peak, bound=None):
    """Writes the chosen edges, if any, and prints one JSON object."""
    if chosen is not None:
        with open(output, "w") as file:
            pairs = zip(instance.edge_volunteer[chosen].tolist(),
                        instance.edge_role[chosen].tolist())
            file.writelines(f"{volunteer} {role}\n" for volunteer, role in pairs)
    print(json.dumps({
        "peer": peer, "status": status, "buildSeconds": build[0], "solveSeconds": solve[0],
        "buildCPUSeconds": build[1], "solveCPUSeconds": solve[1], "peakMiB": peak,
        "bound": bound}))
