"""Lambda's limits on packages, written down from the quotas page as plainly as they read, to compare the model with.

A plan is made of plain numbers: sizes in MB, environment in KB. `scenario` writes it as a scenario would.
"""

from __future__ import annotations

from typing import Any

Data = dict[str, Any]

ZIP_BY_REQUEST, ZIP_UNPACKED, IMAGE, LAYERS, ENVIRONMENT, TMP, REGION = 50, 250, 10_240, 5, 4, (512, 10_240), 307_200
SNAPSTART = ("java11", "java17", "java21", "java25", "python3.12", "python3.13", "python3.14", "dotnet8", "dotnet10")
MANAGED = (*SNAPSTART, "java8.al2", "python3.11", "nodejs22.x", "nodejs24.x", "ruby3.4")
OWN_RUNTIME = ("provided.al2023",)


def verdicts(plan: Data) -> Data:
    """The metrics `accepted.` and `breaks.` of each layer and function, and `stored.total`."""
    found: Data = {}
    stored = plan["stored"]
    for name, layer in plan["layers"].items():
        fault = _fault_of_layer(layer, stored)
        found |= {f"accepted.{name}": fault is None, f"breaks.{name}": fault}
        if fault is None and not layer["self_managed"]:
            stored += layer["unzipped"] * layer["versions"]
    for name, function in plan["functions"].items():
        lost = [each for each in function["layers"] if not found[f"accepted.{each}"]]
        fault = _fault_of_function(function, plan["layers"], lost, stored)
        found |= {f"accepted.{name}": fault is None, f"breaks.{name}": fault}
        if fault is None:
            stored += _copies(function)
    return {**found, "stored.total": stored}


def scenario(plan: Data) -> Data:
    """The same plan with units."""
    layers = {name: _with_units(layer) for name, layer in plan["layers"].items()}
    functions = {name: _with_units(function) for name, function in plan["functions"].items()}
    return {"layers": layers, "functions": functions, "stored": f"{plan['stored']} MB"}


def _fault_of_layer(layer: Data, stored: int) -> str | None:
    if layer["upload"] == "direct" and layer["zipped"] > ZIP_BY_REQUEST:
        return "Upload"
    if layer["unzipped"] > ZIP_UNPACKED:
        return "Unzipped size"
    if not layer["self_managed"] and stored + layer["unzipped"] * layer["versions"] > REGION:
        return "Code storage"
    return None


def _fault_of_function(function: Data, layers: Data, lost: list[str], stored: int) -> str | None:
    package = _fault_of_image(function) if function["kind"] == "image" else _fault_of_zip(function, layers, lost)
    if package:
        return package
    if function["environment"] > ENVIRONMENT:
        return "Environment variables"
    if not TMP[0] <= function["tmp"] <= TMP[1]:
        return "Ephemeral storage"
    if function["snapstart"] and _fault_with_snapstart(function):
        return _fault_with_snapstart(function)
    if function["code_signing"] and function["kind"] == "image":
        return "Code signing"
    if _copies(function) and stored + _copies(function) > REGION:
        return "Code storage"
    return None


def _fault_with_snapstart(function: Data) -> str | None:
    if function["kind"] == "zip" and function["runtime"] not in SNAPSTART:
        return "SnapStart"
    if function["provisioned_concurrency"]:
        return "SnapStart with provisioned concurrency"
    if function["file_system"] != "none":
        return {"efs": "SnapStart with EFS", "s3-files": "SnapStart with S3 Files"}[function["file_system"]]
    return "SnapStart with /tmp" if function["tmp"] > 512 else None


def _fault_of_image(function: Data) -> str | None:
    if function["uncompressed"] > IMAGE:
        return "Image size"
    if function["layers"]:
        return "Layers"
    if function["settings"] > 16:
        return "Image settings"
    return None


def _fault_of_zip(function: Data, layers: Data, lost: list[str]) -> str | None:
    if function["runtime"] not in MANAGED + OWN_RUNTIME:
        return "Runtime"
    if function["upload"] == "direct" and function["zipped"] > ZIP_BY_REQUEST:
        return "Upload"
    if len(function["layers"]) > LAYERS:
        return "Layers"
    if lost:
        return f"Layer {lost[0]}"
    if function["unzipped"] + sum(layers[name]["unzipped"] for name in function["layers"]) > ZIP_UNPACKED:
        return "Unzipped size"
    return None


def _copies(function: Data) -> int:
    if function["kind"] == "image" or function["self_managed"]:
        return 0
    return int(function["unzipped"] * function["versions"])


def _with_units(part: Data) -> Data:
    units = {"zipped": "MB", "unzipped": "MB", "uncompressed": "MB", "tmp": "MB", "environment": "KB", "settings": "KB"}
    return {name: f"{value} {units[name]}" if name in units else value for name, value in part.items()}
