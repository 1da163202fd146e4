"""Writes statistics.json: reference values of spike train statistics from numpy and scipy (run: python3 statistics.py > statistics.json).

The trains are drawn with the linear congruential generator of ReferenceGenerator.cs, so that the tests draw the same ones.
"""
import json

import numpy as np
import scipy
from scipy import integrate, stats


class Generator:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (6364136223846793005 * self.state + 1442695040888963407) % 2**64
        return ((self.state >> 11) + 0.5) / 9007199254740992.0


def train(seed, rate, duration):
    g, t, out = Generator(seed), 0.0, []
    while True:
        t += -np.log(g.next()) / rate
        if t >= duration:
            return np.array(out)
        out.append(t)


a, b = train(1, 20.0, 30.0), train(2, 15.0, 30.0)
isi = np.diff(a)
pair_sum = isi[1:] + isi[:-1]
counts = np.histogram(a, np.arange(0, 30.5, 0.5))[0]


def filtered(spikes, tau, t):
    s = spikes[spikes <= t]
    return np.exp(-(t - s) / tau).sum()


def van_rossum(x, y, tau):
    knots = np.unique(np.r_[x, y])
    knots = np.r_[knots, knots[-1] + 40 * tau]
    total = 0.0
    for lo, hi in zip(knots[:-1], knots[1:]):
        mid = np.nextafter(lo, hi)
        total += integrate.quad(lambda t: (filtered(x, tau, max(t, mid)) - filtered(y, tau, max(t, mid))) ** 2, lo, hi, epsabs=0, epsrel=1e-12)[0]
    return float(np.sqrt(total / tau))


f = counts.var(ddof=1) / counts.mean()
print(json.dumps({
    "generator": "statistics.py",
    "toolVersion": "numpy %s, scipy %s" % (np.__version__, scipy.__version__),
    "source": "definitions written out with numpy; distributions and rank correlation of scipy.stats; integrals of scipy.integrate.quad",
    "tolerance": "1e-10 relative unless a test says otherwise",
    "trains": "exponential intervals, seed 1 at 20 Hz and seed 2 at 15 Hz, 30 s",
    "spikeCounts": [len(a), len(b)],
    "poissonInterval95": {str(n): [float(stats.chi2.ppf(.025, 2 * n) / 2) if n else 0.0, float(stats.chi2.ppf(.975, 2 * n + 2) / 2)]
                          for n in (0, 1, 5, 40, 1000, 250000)},
    "poissonQuantiles": [[m, p, float(stats.poisson.ppf(p, m))] for m in (0.01, 0.7, 3.0, 36.0, 1234.5, 1e6) for p in (.005, .025, .5, .975, .995)],
    "isi": {"mean": isi.mean(), "sd": isi.std(ddof=1), "median": np.median(isi), "min": isi.min(), "max": isi.max()},
    "cv2": float(np.mean(2 * np.abs(np.diff(isi)) / pair_sum)),
    "lv": float(np.mean(3 * (np.diff(isi) / pair_sum) ** 2)),
    "lvr5ms": float(np.mean(3 * (1 - 4 * isi[1:] * isi[:-1] / pair_sum**2) * (1 + 4 * .005 / pair_sum))),
    "serial": [[k, float(stats.pearsonr(isi[:-k], isi[k:])[0]), float(stats.spearmanr(isi[:-k], isi[k:])[0])] for k in (1, 2, 5)],
    "fano500ms": {"value": float(f), "poissonBand": [float(stats.chi2.ppf(p, len(counts) - 1) / (len(counts) - 1)) for p in (.025, .975)]},
    "vanRossum": [[tau, van_rossum(a[:40], b[:30], tau)] for tau in (0.002, 0.05, 1.0)],
}, indent=1))
