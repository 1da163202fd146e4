"""Writes the coefficients of ErrorFunctionTables.cs: piecewise polynomials, computed with 40 digits by mpmath."""
import sys
import mpmath as mp

mp.mp.dps = 40
K = mp.mpf(4)
ROOT_PI = mp.sqrt(mp.pi)


def erfcx(x):
    return mp.exp(x * x) * mp.erfc(x) if x < 200 else sum((-1) ** k * mp.fac2(2 * k - 1) / (2 * x * x) ** k for k in range(25)) / (x * ROOT_PI)


def integral(x):
    """The integral of erfcx from 0 to x."""
    if x > 60:
        tail = sum((-1) ** (k + 1) * mp.fac2(2 * k - 1) / mp.mpf(2) ** k / (2 * k) / x ** (2 * k) for k in range(1, 30))
        return (mp.log(2 * x) + mp.euler / 2 + tail) / ROOT_PI
    edges = [mp.mpf(0)] + [mp.mpf(2) ** k for k in range(7) if mp.mpf(2) ** k < x] + [x]
    return mp.quad(erfcx, edges)


def dawson(x):
    return mp.exp(-x * x) * mp.erfi(x) * ROOT_PI / 2 if x < 40 else sum(mp.fac2(2 * k - 1) / (2 * x * x) ** k for k in range(20)) / (2 * x)


# Each function of x in [0, inf) is written through t = K/(K+x) in (0, 1].
def decay(t):
    return erfcx(K / t - K) / t


def growth(t):
    return integral(K / t - K) + mp.log(t) / ROOT_PI


def slope(t):
    x = K / t - K
    if x < 60:
        return (2 / ROOT_PI - 2 * x * erfcx(x)) / t**2
    # The leading terms of 1/sqrt(pi) - x erfcx(x) cancel.
    return -2 / ROOT_PI * sum((-1) ** k * mp.fac2(2 * k - 1) / (2 * x * x) ** k for k in range(1, 26)) / t**2


def passage(t):
    x = K / t - K
    return (2 * dawson(x) - mp.exp(-x * x) * integral(x)) / t


def monomials(f, first, last, degree):
    """Chebyshev interpolation on [first, last], in powers of s in [-1, 1]."""
    n = degree + 1
    nodes = [mp.cos(mp.pi * (k + mp.mpf(1) / 2) / n) for k in range(n)]
    values = [f((first + last) / 2 + (last - first) / 2 * s) for s in nodes]
    c = [(2 if j else 1) * sum(v * mp.cos(j * mp.pi * (k + mp.mpf(1) / 2) / n) for k, v in enumerate(values)) / n for j in range(n)]
    polys = [[mp.mpf(1)], [mp.mpf(0), mp.mpf(1)]]
    while len(polys) < n:
        p = [mp.mpf(0)] + [2 * a for a in polys[-1]]
        for i, a in enumerate(polys[-2]):
            p[i] -= a
        polys.append(p)
    return [sum(c[j] * polys[j][k] for j in range(n) if k < len(polys[j])) for k in range(n)]


def table(f, pieces, degree):
    rows = []
    for i in range(pieces):
        rows.append(monomials(f, mp.mpf(i) / pieces, mp.mpf(i + 1) / pieces, degree))
    return rows


def write(name, summary, rows):
    print(f"    /// <summary>{summary}</summary>")
    print(f"    public static ReadOnlySpan<double> {name} =>\n    [")
    for row in rows:
        print("        " + ", ".join(mp.nstr(a, 17, min_fixed=-3, max_fixed=3) for a in row) + ",")
    print("    ];\n")


for spec in sys.argv[1:]:
    name, pieces, degree = spec.split(":")
    f = dict(Decay=decay, Growth=growth, Slope=slope, Passage=passage)[name]
    write(name, {"Decay": "erfcx(x)/t.", "Growth": "∫₀ˣ erfcx + log(t)/√π.", "Slope": "-erfcx'(x)/t².", "Passage": "e^(-x²) ∫₀ˣ e^(u²) (1 + erf u) du / t."}[name], table(f, int(pieces), int(degree)))
