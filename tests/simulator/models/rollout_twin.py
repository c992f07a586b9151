"""A deployment, played second by second as the documentation of CodeDeploy and CloudWatch tells it. Slow, for tests.

Here shares are percent and errors are of 1,000 requests, so that all counts are whole numbers of a 100,000th request.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]
HISTORY = 3_600
"""Seconds before the deployment that an alarm can look back on."""
UNIT = 100_000


@dataclass
class Second:
    requests: int
    requests_new: int
    errors_old: int
    errors_new: int


@dataclass
class Twin:
    """`plan` holds whole seconds and plain numbers. `log` starts HISTORY seconds before the deployment."""

    plan: Data
    share: int = 0
    phase: str = "pre"
    status: str = "running"
    ended: int | None = None
    begun: int = 0
    last: int = 0
    shifts: list[int] = field(default_factory=list)
    alarm_at: int | None = None
    saw: Fraction | None = None
    rolled_back: int | None = None
    shares: list[int] = field(default_factory=list)
    log: list[Second] = field(default_factory=list)

    def play(self) -> Twin:
        for second in range(-HISTORY, 0):
            self.log.append(self.traffic(second))
        for second in range(self.plan["horizon"] + 1):
            for event in (self.report, self.alarm, self.request, self.shift, self.last_report):
                if self.status == "running":
                    event(second)
            self.shares.append(self.share)
            self.log.append(self.traffic(second))
        self.log.pop()
        return self

    def report(self, second: int) -> None:
        hook = self.plan["pre"]
        if self.phase == "pre" and second == waits(hook, self.plan):
            if is_bad(hook, self.plan):
                self.end(second, "failure")
            else:
                self.phase, self.begun = "shift", second

    def alarm(self, second: int) -> None:
        if not self.plan["alarm"]:
            return
        look = second - self.plan["delay"]
        if second == 0:  # what CloudWatch has found last, before the deployment
            while (look + self.plan["offset"]) % 60:
                look -= 1
        if (look + self.plan["offset"]) % 60 == 0 and self.is_alarm(look):
            self.alarm_at, self.saw = second, self.point(look)
            self.end(second, "alarm")

    def is_alarm(self, look: int) -> bool:
        alarm = self.plan["alarm"]
        points = [self.point(look - back * alarm["period"]) for back in range(alarm["periods"])]
        bad = [point > alarm["threshold"] if point is not None else alarm["missing"] == "breaching" for point in points]
        return sum(bad) >= alarm["datapoints"]

    def point(self, end: int) -> Fraction | None:
        alarm = self.plan["alarm"]
        seconds = self.log[HISTORY + end - alarm["period"] : HISTORY + end]
        assert len(seconds) == alarm["period"]
        if alarm["of"] == "new version":
            errors, requests = sum(each.errors_new for each in seconds), sum(each.requests_new for each in seconds)
        else:
            errors = sum(each.errors_new + each.errors_old for each in seconds)
            requests = sum(each.requests for each in seconds)
        if requests == 0:
            return None
        return Fraction(errors, requests if alarm["metric"] == "error rate" else UNIT)

    def request(self, second: int) -> None:
        if second == self.plan["stopped"]:
            self.end(second, "request")

    def shift(self, second: int) -> None:
        config, since = self.plan["config"], second - self.begun
        if self.phase != "shift":
            return
        if config["kind"] == "all":
            self.move(second, 100)
        elif config["kind"] == "canary":
            if since == 0:
                self.move(second, config["step"])
            elif since == config["wait"]:
                self.move(second, 100)
        elif since % config["wait"] == 0 and (since or self.plan["at_once"]):
            self.move(second, min(self.share + config["step"], 100))

    def move(self, second: int, share: int) -> None:
        self.share = share
        self.shifts.append(second)
        if share == 100:
            self.phase, self.last = "post", second

    def last_report(self, second: int) -> None:
        hook = self.plan["post"]
        if self.phase == "post" and second == self.last + waits(hook, self.plan):
            if is_bad(hook, self.plan):
                self.end(second, "failure")
            else:
                self.status, self.ended = "succeeded", second

    def end(self, second: int, cause: str) -> None:
        self.ended = second
        self.status = "failed" if cause == "failure" else "stopped"
        if cause in self.plan["rollback_on"]:
            self.status, self.rolled_back, self.share = "rolled back", second, 0

    def traffic(self, second: int) -> Second:
        """Of one second from now on."""
        rate = self.plan["rate"]
        old, new = (failing(self.plan[key], second) for key in ("old", "new"))
        return Second(rate * UNIT, rate * self.share * 1_000, rate * (100 - self.share) * old, rate * self.share * new)

    def total(self, name: str) -> Fraction:
        return Fraction(sum(getattr(each, name) for each in self.log[HISTORY:]), UNIT)


def failing(errors: Data, second: int) -> int:
    """Of 1,000 requests."""
    is_on = errors["from"] is None or (errors["from"] <= second and (errors["to"] is None or second < errors["to"]))
    return int(errors["share"]) if is_on else 0


def waits(hook: Data | None, plan: Data) -> int:
    if hook is None:
        return 0
    return plan["limit"] if hook["takes"] is None else min(hook["takes"], plan["limit"])


def is_bad(hook: Data | None, plan: Data) -> bool:
    if hook is None:
        return False
    return hook["takes"] is None or hook["takes"] > plan["limit"] or hook["result"] == "failed"


SECONDS = st.one_of(st.integers(0, 240), st.sampled_from([0, 60, 120]))
SHARES = st.sampled_from([0, 1, 20, 50, 200, 1000])
HOOKS = st.one_of(
    st.none(),
    st.none(),
    st.fixed_dictionaries(
        {"takes": st.one_of(st.none(), SECONDS), "result": st.sampled_from(["succeeded", "succeeded", "failed"])}
    ),
)
CONFIGS = st.one_of(
    st.just({"kind": "all"}),
    st.fixed_dictionaries(
        {"kind": st.just("canary"), "step": st.sampled_from([1, 10, 25]), "wait": st.sampled_from([60, 120, 300])}
    ),
    st.fixed_dictionaries(
        {"kind": st.just("linear"), "step": st.sampled_from([10, 30, 50]), "wait": st.sampled_from([60, 180])}
    ),
)
ALARMS = st.builds(
    lambda of, metric, level, period, points, missing: {
        "of": of, "metric": metric, "threshold": Fraction(level, 1000) if metric == "error rate" else level,
        "period": period, "periods": max(points), "datapoints": min(points), "missing": missing,
    },
    st.sampled_from(["alias", "new version"]),
    st.sampled_from(["errors", "error rate"]),
    st.sampled_from([0, 1, 5, 20, 100]),
    st.sampled_from([60, 120, 300]),
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.sampled_from(["missing", "ignore", "breaching", "notBreaching"]),
)  # fmt: skip


@st.composite
def errors(draw: st.DrawFn) -> Data:
    start = draw(st.one_of(st.none(), SECONDS))
    stop = None if start is None else draw(st.one_of(st.none(), st.integers(start + 1, start + 400)))
    return {"share": draw(SHARES), "from": start, "to": stop}


PLANS = st.fixed_dictionaries(
    {
        "config": CONFIGS, "rate": st.sampled_from([1, 2, 10]), "old": errors(), "new": errors(), "pre": HOOKS, "post": HOOKS,
        "alarm": st.one_of(st.none(), ALARMS, ALARMS), "stopped": st.one_of(st.none(), st.none(), SECONDS),
        "rollback_on": st.sets(st.sampled_from(["failure", "alarm", "request"])).map(sorted),
        "limit": st.sampled_from([90, 200]), "delay": st.sampled_from([0, 60, 45]), "offset": st.sampled_from([0, 30, 59]),
        "at_once": st.booleans(), "horizon": st.sampled_from([30, 300, 900, 1500]),
    }
)  # fmt: skip


def written(plan: Data) -> Data:
    """As the model reads it."""
    data: Data = {"requests": f"{plan['rate']} per 1 s", "horizon": f"{plan['horizon']} s"}
    data["config"] = _config(plan["config"])
    data["errors"] = {key: _errors(plan[key]) for key in ("old", "new")}
    for key, name in (("pre", "pre_traffic"), ("post", "post_traffic")):
        if plan[key]:
            takes = plan[key]["takes"]
            data[name] = {"result": "never reports"} if takes is None else {**plan[key], "takes": f"{takes} s"}
    if plan["alarm"]:
        alarm = plan["alarm"]
        is_rate = alarm["metric"] == "error rate"
        threshold = f"{float(alarm['threshold'] * 100)} %" if is_rate else alarm["threshold"]
        data["alarm"] = {**alarm, "threshold": threshold, "period": f"{alarm['period']} s"}
    if plan["stopped"] is not None:
        data["stopped_at"] = f"{plan['stopped']} s"
    return {**data, "rollback_on": plan["rollback_on"] or "none"}


def patch(plan: Data) -> dict[str, object]:
    """The rules of its world."""
    return {
        "hook_time_limit": f"{plan['limit']} s",
        "alarm_reaches_codedeploy_after": f"{plan['delay']} s",
        "rollout_starts_into_the_minute": f"{plan['offset']} s",
        "linear_starts_at_once": plan["at_once"],
    }


def _config(config: Data) -> object:
    if config["kind"] == "all":
        return "AllAtOnce"
    wait = f"{config['wait'] // 60} min"
    step = f"{config['step']} %"
    return {"canary": step, "after": wait} if config["kind"] == "canary" else {"linear": step, "every": wait}


def _errors(errors: Data) -> Data | str:
    share = f"{errors['share'] / 10} %"
    if errors["from"] is None:
        return share
    times = {key: f"{errors[key]} s" for key in ("from", "to") if errors[key] is not None}
    return {"share": share, **times}
