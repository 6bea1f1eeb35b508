"""How a round is to be paired, as it is remembered with the round."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.pairing.plans import PRESETS, Fairness, Preset
from app.pairing.scoring import Weights

DEFAULT_GROUP = 4


@dataclass(frozen=True)
class Settings:
    """What the organiser chose. ``own`` are the weights where it was no preset; ``years_apart`` is None for any gap."""

    preset: Preset = Preset.INTERESTS
    own: Weights = PRESETS[Preset.INTERESTS]
    years_apart: int | None = None
    same_gender: bool = False
    common_language: bool = False
    other_side: bool = False
    fairness: Fairness = Fairness.SUM
    seed: str = "1"
    group_size: int = DEFAULT_GROUP

    @property
    def weights(self) -> Weights:
        """What counts how much."""
        return PRESETS.get(self.preset, self.own)

    def written(self) -> dict[str, Any]:
        """Return what is stored."""
        return asdict(self)


def read_settings(stored: Mapping[str, Any]) -> Settings:
    """Return what was stored."""
    given = dict(stored)
    given["preset"], given["fairness"] = Preset(given["preset"]), Fairness(given["fairness"])
    return Settings(**given | {"own": Weights(**given["own"])})
