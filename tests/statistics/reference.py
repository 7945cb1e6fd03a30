"""Reference values for api/src/evaluation/statistics, from other formulations than the ones tested there: exact fractions,
scipy, brute force over all subsets or pairs, derivatives by a complex step. Prints JSON; reference.json is its output.
"""

import itertools
import json
import math
import random
import sys
from fractions import Fraction

import numpy as np
from scipy import optimize, special, stats

CASES = 300
Z = stats.norm.ppf(0.975)
dice = random.Random(20261128)


def figures(value):
    """Thirteen digits, which a comparison to 1e-9 needs, in as few characters as hold them."""
    if isinstance(value, (list, tuple)):
        return [figures(one) for one in value]
    if isinstance(value, dict):
        return {name: figures(one) for name, one in value.items()}
    if value is None or isinstance(value, (str, bool, int)):
        return value
    value = float(value)
    return int(value) if value.is_integer() and abs(value) < 1e9 else float(f"{value:.13g}")


def wilson(rate, n):
    """Where the distance from the rate is z standard errors of the bound itself, found by bisection."""
    def beyond(p):
        return (rate - p) ** 2 * n - Z**2 * p * (1 - p)

    def found(low, high):
        return optimize.brentq(beyond, low, high, xtol=1e-15, rtol=1e-14)

    # At 0 and 1 the rate itself is a root, and not the one that is sought.
    lower = 0.0 if rate <= 0 else found(0, rate if rate < 1 else 1 - 1e-9)
    upper = 1.0 if rate >= 1 else found(rate if rate > 0 else 1e-9, 1)
    return lower, upper


def counts(most):
    n = dice.choice([1, 2, 3, dice.randint(1, 30), dice.randint(1, most)])
    return dice.choice([0, n, dice.randint(0, n), dice.randint(0, n)]), n


def wilson_cases():
    for _ in range(CASES):
        k, n = counts(100_000)
        found = stats.binomtest(k, n).proportion_ci(method="wilson")
        yield [k, n, max(0.0, found.low), min(1.0, found.high)]


def newcombe_cases():
    for _ in range(CASES):
        (k1, n1), (k2, n2) = counts(500), counts(500)
        one = stats.binomtest(k1, n1).proportion_ci(method="wilson")
        two = stats.binomtest(k2, n2).proportion_ci(method="wilson")
        p1, p2 = k1 / n1, k2 / n2
        lower = p1 - p2 - math.sqrt((p1 - one.low) ** 2 + (two.high - p2) ** 2)
        upper = p1 - p2 + math.sqrt((one.high - p1) ** 2 + (p2 - two.low) ** 2)
        yield [k1, n1, k2, n2, max(-1, lower), min(1, upper)]


def fisher_cases():
    for _ in range(CASES):
        (k1, n1), (k2, n2) = counts(200), counts(200)
        drawn = k1 + k2
        ways = {x: math.comb(n1, x) * math.comb(n2, drawn - x) for x in range(max(0, drawn - n2), min(n1, drawn) + 1)}
        p = Fraction(sum(w for w in ways.values() if w <= ways[k1]), math.comb(n1 + n2, drawn))
        yield [k1, n1 - k1, k2, n2 - k2, p]


def normal_cases():
    for x in [0, 3, -3, 2.9999, 3.0001, 8, -8, -30] + [round(dice.uniform(-9, 9), 4) for _ in range(CASES)]:
        yield [x, special.ndtr(x)]


def normal_quantile_cases():
    for p in [0.5, 0.025, 0.975, 1e-12, 1e-100] + [round(dice.random() ** dice.choice([1, 6]), 9) or 0.1 for _ in range(CASES)]:
        yield [p, special.ndtri(p)]


def student_cases():
    for _ in range(CASES):
        df = dice.choice([1, 2, 3, 4, 5, dice.randint(1, 60), dice.randint(1, 199), 200, 201, dice.randint(200, 50_000)])
        t = round(dice.uniform(0, 1) * dice.choice([1, 1, 4, 12]), 4)
        yield [t, df, 2 * stats.t.sf(t, df), stats.t.isf(0.025, df)]


def mcnemar_cases():
    for _ in range(CASES):
        b = dice.choice([0, 1, dice.randint(0, 12), dice.randint(0, 400)])
        c = dice.choice([0, b, dice.randint(0, 12), dice.randint(0, 400)])
        n, least = b + c, min(b, c)
        p = stats.binomtest(b, n, 0.5).pvalue if n else 1
        below = Fraction(sum(math.comb(n, i) for i in range(least)), 2**n)
        middle = 2 * below + Fraction(math.comb(n, least), 2**n)
        yield [b, c, p, min(1, middle) if n else 1]


def p_values():
    return [round(dice.random() ** dice.choice([1, 3, 8]), 5) for _ in range(dice.randint(1, 7))]


def holm_cases():
    """By closing Bonferroni's test: a hypothesis falls with the last of the intersections that hold it."""
    for _ in range(CASES // 2):
        ps = p_values()
        subsets = [s for size in range(1, len(ps) + 1) for s in itertools.combinations(range(len(ps)), size)]
        yield [ps, [max(min(1, len(s) * min(ps[j] for j in s)) for s in subsets if i in s) for i in range(len(ps))]]


def benjamini_hochberg_cases():
    for _ in range(CASES // 2):
        ps = p_values()
        yield [ps, stats.false_discovery_control(ps).tolist()]


def clusters(most_clusters=9, most_samples=9):
    made = []
    for _ in range(dice.choice([1, 2, dice.randint(1, most_clusters)])):
        n = dice.randint(1, most_samples)
        made.append([n, dice.choice([0, n, dice.randint(0, n)])])
    shape = dice.random()
    if shape < 0.08:
        return [[n, 0] for n, _ in made]
    if shape < 0.16:
        return [[n, n] for n, _ in made]
    if shape < 0.3:
        return [[1, min(1, k)] for _, k in made]
    return made


def expanded(groups):
    ys = [y for n, k in groups for y in [1.0] * k + [0.0] * (n - k)]
    of = [g for g, (n, _) in enumerate(groups) for _ in range(n)]
    return np.array(ys), np.array(of)


def standard_error(ys, of):
    """Miller's (4): the sum over all pairs of samples that share a cluster, a sample with itself included."""
    off = ys - ys.mean()
    same = of[:, None] == of[None, :]
    return math.sqrt(max(0.0, (np.outer(off, off) * same).sum())) / len(ys)


def effective(ys, of):
    n, sizes = len(ys), np.bincount(of)
    groups = len(sizes)
    if groups == 1:
        return float(n)
    least = n / (sizes**2).sum() * n
    p = ys.mean()
    if p in (0.0, 1.0):
        return least
    design = max(1.0, standard_error(ys, of) ** 2 / (p * (1 - p) / n))
    shrunk = n / design * (Z / stats.t.ppf(0.975, groups - 1)) ** 2
    return min(float(n), max(least, shrunk))


def clustered_cases():
    for _ in range(CASES):
        groups = clusters()
        ys, of = expanded(groups)
        lower, upper = wilson(ys.mean(), effective(ys, of))
        error = 0.0 if len(groups) == 1 else standard_error(ys, of)
        factor = math.sqrt(len(groups) / (len(groups) - 1)) if len(groups) > 1 else 1
        yield [groups, error, error * factor, lower, upper]


def score_test_cases():
    for _ in range(CASES):
        (k1, n1), (k2, n2) = counts(900), counts(900)
        table = np.array([[k1, n1 - k1], [k2, n2 - k2]])
        trivial = (table.sum(axis=0) == 0).any()
        yield [k1, n1, k2, n2, 1 if trivial else stats.chi2_contingency(table, correction=False).pvalue]


def newcombe_paired_cases():
    """Newcombe's method 10 from the four kinds of pairs, as he writes it."""
    for _ in range(CASES):
        e, f, g, h = (dice.choice([0, 0, dice.randint(0, 12), dice.randint(0, 60)]) for _ in range(4))
        n = e + f + g + h
        if n < 2:
            continue
        one, two = (e + f) / n, (e + g) / n
        (l1, u1), (l2, u2) = wilson(one, n), wilson(two, n)
        product = (e + f) * (g + h) * (e + g) * (f + h)
        cross = e * h - f * g
        if cross > n / 2:
            cross -= n / 2
        elif cross >= 0:
            cross = 0
        phi = cross / math.sqrt(product) if product else 0
        d = two - one
        down = math.sqrt(max(0, (two - l2) ** 2 + (u1 - one) ** 2 - 2 * phi * (two - l2) * (u1 - one)))
        up = math.sqrt(max(0, (u2 - two) ** 2 + (one - l1) ** 2 - 2 * phi * (u2 - two) * (one - l1)))
        yield [e, f, g, h, d, max(-1, d - down), min(1, d + up)]


def paired_cases():
    """Items with several samples, some in clusters; the spread by a weighted sum over all pairs of one cluster."""
    for _ in range(CASES):
        items = []
        for _ in range(dice.choice([1, 2, dice.randint(2, 7)])):
            n1, n2 = dice.randint(1, 5), dice.randint(1, 5)
            items.append([dice.choice([None, None, "a", "b"]), n1, dice.randint(0, n1), n2, dice.randint(0, n2)])
        names = [name if name is not None else f"item {i}" for i, (name, *_) in enumerate(items)]
        index = {name: g for g, name in enumerate(dict.fromkeys(names))}
        of = np.array([index[name] for name in names])
        one = sum(i[2] for i in items) / sum(i[1] for i in items)
        two = sum(i[4] for i in items) / sum(i[3] for i in items)
        moved = np.array([(i[4] - i[3] * two) / sum(j[3] for j in items) - (i[2] - i[1] * one) / sum(j[1] for j in items) for i in items])
        same = of[:, None] == of[None, :]
        error = 0.0 if len(index) == 1 else math.sqrt(max(0.0, (np.outer(moved, moved) * same).sum()))
        if error < 1e-12 and len(index) > 1:
            continue
        groups = len(index)
        p = None
        if groups > 1:
            t = (two - one) / (error * math.sqrt(groups / (groups - 1)))
            p = 1 if abs(two - one) < 1e-15 else max(2.0 ** (1 - groups), 2 * stats.t.sf(abs(t), groups - 1))
        yield [items, two - one, error, p]


def kappa_of(cells):
    observed = np.trace(cells)
    chance = (cells.sum(axis=0) * cells.sum(axis=1)).sum()
    return (observed - chance) / (1 - chance)


def kappa_cases():
    """The standard error by the delta method, with derivatives by a complex step over the cells' probabilities."""
    for _ in range(CASES):
        size = dice.randint(2, 4)
        table = np.array([[dice.choice([0, 0, 1, dice.randint(0, 9)]) + (dice.randint(0, 20) if a == b else 0) for b in range(size)] for a in range(size)])
        n = table.sum()
        if n == 0:
            continue
        cells = table / n
        chance = (cells.sum(axis=0) * cells.sum(axis=1)).sum()
        if abs(1 - chance) < 1e-12:
            yield [table.tolist(), None, None]
            continue
        slopes = np.zeros((size, size))
        for a, b in itertools.product(range(size), repeat=2):
            moved = cells.astype(complex)
            moved[a, b] += 1e-30j
            slopes[a, b] = kappa_of(moved).imag / 1e-30
        variance = ((slopes**2 * cells).sum() - (slopes * cells).sum() ** 2) / n
        yield [table.tolist(), kappa_of(cells), 0.0 if np.trace(table) == n else math.sqrt(max(0.0, variance))]


def alpha_cases():
    """Observed over expected disagreement, both counted pair by pair in exact fractions."""
    for _ in range(CASES):
        words = "abcd"[: dice.randint(1, 4)]
        items = ["".join(dice.choice(words) for _ in range(dice.choice([0, 1, 2, 3, 4]))) for _ in range(dice.randint(1, 9))]
        held = [item for item in items if len(item) > 1]
        every = "".join(held)
        n = len(every)
        expected = sum(a != b for a, b in itertools.permutations(every, 2))
        if expected == 0:
            yield [items, len(held), None]
            continue
        observed = sum(Fraction(sum(a != b for a, b in itertools.permutations(item, 2)), len(item) - 1) for item in held)
        yield [items, len(held), 1 - (observed / n) / Fraction(expected, n * (n - 1))]


def missing_cases():
    for _ in range(CASES // 2):
        k, n = counts(60)
        m = dice.choice([0, 1, dice.randint(0, 40)])
        rates = [Fraction(k + shown, n + m) for shown in range(m + 1)]
        yield [k, n - k, m, min(rates), max(rates)]


def mulberry32(seed):
    state = seed & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((state ^ (state >> 15)) * (1 | state)) & 0xFFFFFFFF
        t = ((t + (((t ^ (t >> 7)) * (61 | t)) & 0xFFFFFFFF)) & 0xFFFFFFFF) ^ t
        yield (t ^ (t >> 14)) / 2**32


def bootstrap_cases():
    for _ in range(CASES // 3):
        groups, seed, resamples = clusters(12), dice.randint(0, 2**31), dice.choice([50, 200])
        if len(groups) < 2:
            yield [groups, resamples, seed, None, None]
            continue
        random32 = mulberry32(seed)
        held = np.array(groups)
        rates = []
        for _ in range(resamples):
            drawn = held[[int(next(random32) * len(groups)) for _ in groups]].sum(axis=0)
            rates.append(drawn[1] / drawn[0])
        if min(rates) == max(rates):
            yield [groups, resamples, seed, None, None]
            continue
        rates = np.array(rates)
        rate = held[:, 1].sum() / held[:, 0].sum()
        bias = special.ndtri(((rates < rate).mean() + (rates <= rate).mean()) / 2)
        bca = None
        if np.isfinite(bias):
            left = held.sum(axis=0) - held
            without = left[:, 1] / left[:, 0]
            off = without.mean() - without
            speed = (off**3).sum() / (6 * (off**2).sum() ** 1.5) if (off**2).sum() > 0 else 0
            bca = [np.quantile(rates, special.ndtr(bias + (bias + z) / (1 - speed * (bias + z)))) for z in (-Z, Z)]
        yield [groups, resamples, seed, np.quantile(rates, [0.025, 0.975]).tolist(), bca]


CASE_MAKERS = {
    "wilson": wilson_cases,
    "newcombe": newcombe_cases,
    "fisher": fisher_cases,
    "normal": normal_cases,
    "normalQuantile": normal_quantile_cases,
    "student": student_cases,
    "mcnemar": mcnemar_cases,
    "holm": holm_cases,
    "benjaminiHochberg": benjamini_hochberg_cases,
    "clustered": clustered_cases,
    "scoreTest": score_test_cases,
    "newcombePaired": newcombe_paired_cases,
    "paired": paired_cases,
    "kappa": kappa_cases,
    "alpha": alpha_cases,
    "missing": missing_cases,
    "bootstrap": bootstrap_cases,
}

lines = []
for name, make in CASE_MAKERS.items():
    cases = ",\n".join(json.dumps(figures(case), separators=(",", ":")) for case in make())
    lines.append(f'"{name}": [\n{cases}\n]')
sys.stdout.write("{\n" + ",\n".join(lines) + "\n}\n")
