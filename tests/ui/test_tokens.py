"""The colours of tokens.css against the contrast that each pair needs (WCAG 2)."""

import math
import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = Path(settings.ROOT, "static/css/tokens.css").read_text()
LIGHT, DARK = 0, 1

PAIRS = [
    ("ink", "paper", 15.99, 15.59, 7),
    ("ink", "sheet", 16.66, 14.46, 7),
    ("ink", "tint", 14.67, 12.91, 7),
    ("ink-2", "paper", 7.60, 9.50, 4.5),
    ("ink-2", "sheet", 7.92, 8.81, 4.5),
    ("ink-2", "tint", 6.97, 7.86, 4.5),
    ("ink-2", "right-tint", 6.92, 6.95, 4.5),
    ("ink-2", "limit-tint", 6.90, 7.23, 4.5),
    ("pen", "paper", 7.78, 8.88, 4.5),
    ("pen", "pen-tint", 7.00, 6.67, 4.5),
    ("on-pen", "pen", 8.11, 8.88, 4.5),
    ("right", "sheet", 6.62, 9.21, 4.5),
    ("right", "right-tint", 5.79, 7.27, 4.5),
    ("limit", "sheet", 6.05, 6.96, 4.5),
    ("limit", "limit-tint", 5.27, 5.71, 4.5),
    ("ink", "mark", 13.69, 7.83, 7),
    ("edge", "sheet", 3.91, 4.32, 3),
    ("edge", "paper", 3.75, 4.66, 3),
    ("cold", "sheet", 3.87, 6.95, 3),
]


def oklch_to_linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear sRGB by Ottosson's matrices, rounded to the 8 bits that a screen shows."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def colour(name: str, theme: int) -> tuple[float, float, float]:
    value = re.search(rf"^    --{name}: (.+);$", TOKENS, re.MULTILINE)
    assert value, f"--{name} is not in tokens.css"
    if alias := re.fullmatch(r"var\(--([\w-]+)\)", value[1]):
        return colour(alias[1], theme)
    lightness, chroma, hue = re.findall(r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", value[1])[theme]
    return oklch_to_linear(float(lightness) / 100, float(chroma), float(hue))


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    dark, light = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other))
    return (light + 0.05) / (dark + 0.05)


class TestTokens:
    @pytest.mark.parametrize(("name", "ground", "light", "dark", "needs"), PAIRS)
    def test_give_each_pair_the_contrast_it_was_designed_for(self, name, ground, light, dark, needs):
        found = [contrast(colour(name, theme), colour(ground, theme)) for theme in (LIGHT, DARK)]

        assert found == pytest.approx([light, dark], abs=0.06)
        assert min(found) >= needs

    @pytest.mark.parametrize("name", sorted({pair for row in PAIRS for pair in row[:2]}))
    def test_stay_inside_srgb(self, name):
        for theme in (LIGHT, DARK):
            assert all(-0.002 <= channel <= 1.002 for channel in colour(name, theme))

    def test_are_each_written_once(self):
        root = TOKENS.split("@media")[0]
        names = re.findall(r"^    --([\w-]+):", root, re.MULTILINE)

        assert len(names) == len(set(names))
