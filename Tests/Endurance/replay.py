"""What a disk may hold after a power cut, from the record that faults.c made of what reached it.

What was written since the last fsync of a file may be there, in part, in any order, or not at all; a name is certain
once its folder, or the file under it, was synced, and uncertain names came in their order."""

import random
import struct

HEAD = struct.Struct("<cHqI")
SECTOR = 512


def records(log):
    """Each record with where it ends in the log."""
    data, place = log, 0
    while place + HEAD.size <= len(data):
        kind, path, offset, length = HEAD.unpack_from(data, place)
        kind = kind.decode()
        extra = 0 if kind in "CTSU" else length
        end = place + HEAD.size + path + extra
        if end > len(data):
            return
        name = data[place + HEAD.size: place + HEAD.size + path].decode()
        yield end, kind, name, offset, data[end - extra: end]
        place = end


class File:
    """An inode: what is certain of it, and what may be."""

    def __init__(self):
        self.certain = bytearray()
        self.pending = []

    def write(self, into, offset, data):
        if len(into) < offset:
            into.extend(bytes(offset - len(into)))
        into[offset:offset + len(data)] = data

    def sync(self):
        self.certain = self.now(self.pending)
        self.pending = []

    def now(self, pending):
        content = bytearray(self.certain)
        for kind, offset, data in pending:
            if kind == "W":
                self.write(content, offset, data)
            elif len(content) > offset:
                del content[offset:]
            else:
                content.extend(bytes(offset - len(content)))
        return content

    def after_cut(self, chance, how):
        """`none` of what was not synced, `all`, a `prefix`, or `some` of it by sectors."""
        if how == "none":
            return bytes(self.certain)
        if how == "all":
            return bytes(self.now(self.pending))
        if how == "prefix":
            return bytes(self.now(self.pending[: chance.randint(0, len(self.pending))]))
        some = []
        for kind, offset, data in self.pending:
            if kind == "T":
                if chance.random() < 0.5:
                    some.append((kind, offset, data))
                continue
            if chance.random() < 0.3:
                continue
            for start in range(0, len(data), SECTOR):
                if chance.random() < 0.7:
                    some.append((kind, offset + start, data[start:start + SECTOR]))
        return bytes(self.now(some))


class Disk:
    def __init__(self):
        self.names, self.certain_names, self.pending_names = {}, {}, []

    def rename(self, names, step):
        kind, path, to = step
        if kind == "C":
            names[path] = to
        elif kind == "U":
            names.pop(path, None)
        elif kind == "R" and path in names:
            names[to] = names.pop(path)
        elif kind == "L" and path in names:
            names[to] = names[path]

    def change(self, *step):
        self.rename(self.names, step)
        self.pending_names.append(step)

    def play(self, kind, path, offset, data):
        if kind == "C":
            self.change("C", path, File())
        elif kind == "U":
            self.change("U", path, None)
        elif kind in "RL":
            self.change(kind, path, data.decode())
        elif path not in self.names:
            if kind == "S":
                # A folder: what happened in it is certain now, and so is all that came before.
                self.settle(lambda step: step[1].rsplit("/", 1)[0] == path or (
                    step[0] in "RL" and step[2].rsplit("/", 1)[0] == path))
        elif kind == "S":
            self.names[path].sync()
            # The names of a file are synced with it where the file system keeps a journal.
            self.settle(lambda step: step[0] == "C" and step[1] == path)
        else:
            self.names[path].pending.append((kind, offset, data))

    def settle(self, meant):
        last = max((number for number, step in enumerate(self.pending_names) if meant(step)), default=-1)
        for step in self.pending_names[: last + 1]:
            self.rename(self.certain_names, step)
        del self.pending_names[: last + 1]

    def after_cut(self, seed):
        """Names and contents as the disk may have them, by a seed."""
        chance = random.Random(seed)
        how = ("none", "prefix", "some", "some", "all")[seed % 5]
        names = dict(self.certain_names)
        kept = {"none": 0, "all": len(self.pending_names)}.get(how, chance.randint(0, len(self.pending_names)))
        for step in self.pending_names[:kept]:
            self.rename(names, step)
        return {path: file.after_cut(chance, how) for path, file in names.items()}
