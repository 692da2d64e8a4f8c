"""The chart of time against the number of eligible pairs: both axes logarithmic, so that linear
growth is a straight line of slope one."""

import math

from document import cpu

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 30, 60
COLOURS = ["#0b6e4f", "#c8553d", "#33658a", "#8d6a9f"]


def curves(entry):
    """For each solver the (pairs, CPU seconds) of its exact runs."""
    found = {}
    for instance in entry["instances"]:
        for row in instance["rows"]:
            time = None if row.get("failure") else cpu(row)
            if time and row["status"] == "optimal":
                found.setdefault(row["name"], []).append((instance["edges"], time))
    return found


def slope(points):
    """The exponent of growth, by least squares on the logarithms."""
    if len(points) < 2:
        return float("nan")
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return (sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys))
            / sum((x - mean_x) ** 2 for x in xs))


def svg(entry):
    lines = curves(entry)
    every = [point for points in lines.values() for point in points] or [(1, 1), (10, 10)]
    x0, x1 = (f(math.log10(x) for x, _ in every) for f in (min, max))
    y0, y1 = (f(math.log10(y) for _, y in every) for f in (min, max))
    x0, x1, y0, y1 = x0 - 0.08, x1 + 0.08, math.floor(y0), math.ceil(y1)

    def across(value):
        return LEFT + (math.log10(value) - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT)

    def down(value):
        return HEIGHT - BOTTOM - (math.log10(value) - y0) / (y1 - y0) * (HEIGHT - TOP - BOTTOM)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
           'font-family="sans-serif" font-size="12">',
           "<title>Time to the proved optimum against the number of eligible pairs</title>",
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>']
    for power in range(y0, y1 + 1):
        y = down(10 ** power)
        label = f"{10 ** power:g} s" if power >= 0 else f"{10 ** (power + 3):g} ms"
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" '
                   'stroke="#dddddd"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    for size in sorted({x for x, _ in every}):
        x = across(size)
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" '
                   'stroke="#eeeeee"/>')
        out.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
                   f"{size:,}</text>")
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 14}" text-anchor="middle">'
               "eligible pairs (plain variant; CPU of one thread, build and solve)</text>")
    for (name, points), colour in zip(lines.items(), COLOURS):
        path = " ".join(f"{across(x):.1f},{down(y):.1f}" for x, y in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for x, y in points:
            out.append(f'<circle cx="{across(x):.1f}" cy="{down(y):.1f}" r="3.5" '
                       f'fill="{colour}"/>')
        x, y = points[-1]
        short = name.replace("SimpleMinCostFlow, ", "").replace(", 1 thread", "")
        out.append(f'<text x="{across(x) + 10:.1f}" y="{down(y) + 4:.1f}" fill="{colour}">'
                   f"{short}</text>")
        out.append(f'<text x="{across(x) + 10:.1f}" y="{down(y) + 19:.1f}" fill="{colour}">'
                   f"pairs^{slope(points):.2f}</text>")
    return "\n".join(out + ["</svg>", ""])
