"""Checks answers against the rules; shares nothing with any solver."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent / "peers"))
from instance_file import Instance  # noqa: E402


class Checker:
    """The rules of one instance file."""

    def __init__(self, path):
        self.instance = Instance(path)
        self.keys = self.instance.edge_keys()

    def check(self, path, constrained):
        """What the answer is worth, and which rules it breaks (by name; empty when none)."""
        i = self.instance
        pairs = np.loadtxt(path, dtype=np.int64, ndmin=2).reshape(-1, 2)
        broken = []
        keys = pairs[:, 0] * i.roles + pairs[:, 1]
        inside = ((pairs >= 0) & (pairs < [i.volunteers, i.roles])).all(axis=1)
        place = np.searchsorted(self.keys, keys).clip(0, max(0, len(self.keys) - 1))
        known = inside & (self.keys[place] == keys)
        if not known.all():
            broken.append(f"{(~known).sum()} pairs are not eligible")
        edges = place[known]
        if len(np.unique(edges)) != len(edges):
            broken.append("a pair is chosen twice")
        volunteers, roles = i.edge_volunteer[edges], i.edge_role[edges]
        if (np.bincount(volunteers, minlength=i.volunteers) > i.capacity).any():
            broken.append("a volunteer is beyond capacity")
        if (np.bincount(roles, minlength=i.roles) > i.seats).any():
            broken.append("a role has too many people")
        affinity = int(i.edge_weight[edges].sum())
        without_seeker = 0
        if constrained:
            missions = i.role_mission[roles]
            if not np.isin(i.pinned_edges(), edges).all():
                broken.append("a pin is not kept")
            employed = i.company[volunteers] >= 0
            teams = i.company[volunteers[employed]] * i.missions + missions[employed]
            if len(teams) and np.unique(teams, return_counts=True)[1].max() > i.company_cap:
                broken.append("too many of one company in a mission")
            possible = i.edge_mission()[i.seeker[i.edge_volunteer]]
            reached = missions[i.seeker[volunteers]]
            without_seeker = len(np.setdiff1d(possible, reached))
        penalties = without_seeker * i.seeker_penalty
        return {"filled": len(edges), "affinity": affinity, "withoutSeeker": without_seeker,
                "penalties": penalties, "points": affinity - penalties, "broken": broken}
