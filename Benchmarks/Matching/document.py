"""The tables, as Markdown, and where they go."""

BEGIN, END = "<!-- matching:begin -->", "<!-- matching:end -->"


def seconds(value):
    if value is None:
        return ""
    if value < 1e-4:
        return f"{value * 1e6:.3g} µs"
    if value < 0.1:
        return f"{value * 1000:.3g} ms"
    return f"{value:.3g} s" if value < 100 else f"{value:.0f} s"


def cpu(row):
    """CPU seconds of building and solving, or None."""
    if row.get("solveCPUSeconds") is None:
        return None
    return row["solveCPUSeconds"] + (row["buildCPUSeconds"] or 0)


def progress_line(name, runner, result):
    variant = "constrained" if runner.constrained else "plain"
    if result.get("failure"):
        said = result["failure"]
    else:
        score = f"{result.get('filled', '-')} seats, {result.get('points', '-')} points"
        broken = "; ".join(result.get("broken", []))
        said = f"{result['status']}: {score}, {seconds(cpu(result))} CPU {broken}"
    return f"{name} {variant}: {runner.name}: {said}"


def share(row):
    """How far from the best an answer can be, by its own proof."""
    if not row["ours"] or row["status"] != "feasible" or row.get("gap") is None:
        return ""
    return f" (gap {100 * row['gap']:.4f} %)"


def table(instance, constrained):
    rows = [row for row in instance["rows"] if row["constrained"] == constrained]
    if not rows:
        return ""
    lines = [
        f"### {instance['instance']}, {'constrained' if constrained else 'plain'}"
        f" ({instance['edges']:,} eligible pairs)", "",
        "| solver | answer | seats | affinity | penalties | build | solve | solve, CPU "
        "| CPU, both | MiB | runs |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"]
    for row in rows:
        if row.get("failure"):
            lines.append(f"| {row['name']} | {row['failure']} | | | | | | | | | {row['runs']} |")
            continue
        memory = f"{row['peakMiB']:.0f}" if row.get("peakMiB") else ""
        figures = [row.get("filled"), row.get("affinity"), row.get("penalties")]
        if not constrained:
            figures[2] = ""
        text = [f"{figure:,}" if isinstance(figure, int) else "" for figure in figures]
        lines.append("| " + " | ".join([
            row["name"], row["status"] + share(row), *text, seconds(row["buildSeconds"]),
            seconds(row["solveSeconds"]), seconds(row["solveCPUSeconds"]), seconds(cpu(row)),
            memory, str(row["runs"])]) + " |")
    return "\n".join(lines + [""])


def headlines(instance, constrained):
    """The rows of the summary: the engine on one thread against the best exact peer and, where that
    is a relaxation that happens to be integral, against the best that always ends with integers."""
    rows = [row for row in instance["rows"]
            if row["constrained"] == constrained and not row.get("failure")]
    mine = next((row for row in rows if row["name"] == "Parvis optimal, 1 thread"), None)
    if mine is None:
        return []
    exact = [row for row in rows if not row["ours"] and row["status"] == "optimal"
             and "filled" in row]
    best = min(exact, key=cpu, default=None)
    rows = [headline(instance, constrained, mine, best)]
    if constrained and best and best["name"] == "HiGHS lp":
        whole = [row for row in exact if row["name"] != "HiGHS lp"]
        if whole:
            rows.append(headline(instance, constrained, mine, min(whole, key=cpu)))
    return rows


def headline(instance, constrained, mine, best):
    peer, time, ratio, memory = "none has an optimum", "", "", ""
    if best:
        peer, time = best["name"], seconds(cpu(best))
        ratio = f"{cpu(best) / max(cpu(mine), 1e-9):.1f}×"
        memory = f"{best['peakMiB']:.0f}"
    answer = "proved optimum" if mine["status"] == "optimal" else "feasible" + share(mine)
    return (f"| {instance['instance']} | {'constrained' if constrained else 'plain'} | {answer} "
            f"| {seconds(cpu(mine))} | {mine['peakMiB']:.0f} | {peer} | {time} | {memory} "
            f"| {ratio} |")


def render(everything):
    families = [(name, entry) for name, entry in everything.items() if name != "scaling"]
    lines = []
    heads = [row for _, entry in families for instance in entry["instances"]
             for constrained in (False, True) for row in headlines(instance, constrained)]
    if heads:
        lines += ["CPU seconds of one thread, building the model and solving, medians; the best "
                  "exact peer of the same run.", "",
                  "| instance | variant | answer | CPU | MiB | best exact peer | CPU | MiB "
                  "| ratio |", "|---|---|---|--:|--:|---|--:|--:|--:|",
                  *heads, ""]
    lines += live_rows(families)
    if "scaling" in everything:
        lines += ["![Time against the number of eligible pairs](matching-scaling.svg)", ""]
        lines += scaling_rows(everything["scaling"])
    for name, entry in families:
        facts = ", ".join(f"{key} {value}" for key, value in entry["machine"].items())
        lines += [f"Measured {entry['date']}: {facts}. Limit {entry['limit']:.0f} s a solve "
                  "where a solver knows one.", ""]
        for instance in entry["instances"]:
            lines += [table(instance, constrained) for constrained in (False, True)]
    return "\n".join(lines).rstrip() + "\n"


def live_rows(families):
    """Repairs after one volunteer leaves or comes back; the peers would solve from scratch."""
    lines = []
    for _, entry in families:
        for instance in entry["instances"]:
            for variant, trial in (instance.get("live") or {}).items():
                if not trial:
                    continue
                gap = trial["widestGap"]
                proof = "" if gap is None else "yes" if gap < 1 else f"within {gap:.1f} points"
                cells = [seconds(trial[kind][share]) for kind in ("withdraw", "return")
                         for share in ("p50", "p90", "p99", "max")]
                lines.append(f"| {instance['instance']} | {variant} | " + " | ".join(cells)
                             + f" | {trial['movedPerWithdrawal']:.1f} | {proof} |")
    if not lines:
        return []
    return ["One volunteer leaves, then comes back; wall time of the repair, 1,000 times.", "",
            "| instance | variant | leaves p50 | p90 | p99 | max | returns p50 | p90 | p99 | max "
            "| people who move | proved best |",
            "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|", *lines, ""]


def scaling_rows(entry):
    from chart import curves, slope
    lines = ["Plain variant, CPU of one thread:", ""]
    sizes = [instance["edges"] for instance in entry["instances"]]
    lines.append("| eligible pairs | " + " | ".join(f"{size:,}" for size in sizes)
                 + " | grows like |")
    lines.append("|---|" + "--:|" * (len(sizes) + 1))
    for name, points in curves(entry).items():
        by_size = dict(points)
        cells = [seconds(by_size.get(size)) for size in sizes]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | pairs^{slope(points):.2f} |")
    return lines + [""]


def replace_section(path, text):
    """Puts the text between the markers of a file, which is made when it is not there."""
    old = path.read_text() if path.exists() else f"# Performance\n\n## Matching\n\n{BEGIN}\n{END}\n"
    if BEGIN not in old or END not in old:
        old = old.rstrip() + f"\n\n## Matching\n\n{BEGIN}\n{END}\n"
    before, rest = old.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    path.write_text(f"{before}{BEGIN}\n{text}{END}{after}")
