"""Why a run began cold, warm, provisioned or reset."""

from studyapp.simulator.trace import NEW, PROVISIONED, RESET
from studyapp.simulator.units import show_time
from studyapp.simulator.why_case import Case, Reason
from studyapp.simulator.why_environments import Environments, born, environments, last_run, ready_at
from studyapp.simulator.why_words import an_ordinal, moment


def of_init(case: Case) -> Reason:
    """A new environment: why no other would do, and how long its init took."""
    found = environments(case)
    says, rules = _why_none(case, found)
    number = found.provisioned + len(found.busy) + 1
    length, more = _length(case)
    return Reason(
        f"{says} So {an_ordinal(number) if number > 1 else 'a new one'} was started, and {length}.", (*rules, *more)
    )


def of_start(case: Case) -> Reason:
    """How a run found its environment."""
    how, kind = case.trace.cold[case.row], case.trace.environment_kind[case.trace.environment[case.row]]
    if how == NEW:
        says, rules = _why_none(case, environments(case))
        length = case.trace.init[case.row]
        ready = f"was ready after an init of {show_time(length)}" if length else "needed no time for its init"
        return Reason(f"{says[:-1]}; the new one {ready}.", rules)
    if how == RESET:
        return _reset(case)
    return _provisioned(case) if kind == PROVISIONED else _warm(case)


def _why_none(case: Case, found: Environments) -> Reason:
    """One sentence on why no environment that existed could be used."""
    if found.provisioned:
        return _beside_provisioned(found)
    says, rules = _none_of_its_own(case, found)
    ready = ready_at(case)
    if ready is not None and ready > case.trace.start[case.row]:
        says = f"Provisioned concurrency was not ready before {moment(ready)}, and {says[0].lower()}{says[1:]}"
        return Reason(says, ("provisioned_alloc_delay", "provisioned_alloc_rate", *rules))
    return Reason(says, rules)


def _beside_provisioned(found: Environments) -> Reason:
    """Spillover: what is provisioned is used up, and what there is beside it busy or gone."""
    there, others = found.provisioned, len(found.busy)
    if found.provisioned_busy < there:
        says = "Provisioned concurrency had taken as many requests as it may in one second, and no other environment was idle."
        return Reason(says, ("request_rate_factor", "provisioned_spills_over"))
    rules = ("provisioned_spills_over", "requests_per_environment")
    which = {1: "The provisioned environment", 2: "Both provisioned environments"}
    over = f"{which.get(there, f'All {there:,} provisioned environments')} {_was(there)} busy"
    if not others:
        return Reason(f"{over}, and no other was idle.", rules)
    return Reason(f"{over}, and so {_was(others)} the {'other one' if others == 1 else f'{others:,} others'}.", rules)


def _none_of_its_own(case: Case, found: Environments) -> Reason:
    at, rulebook = case.trace.start[case.row], case.rulebook
    if rulebook.requests_per_environment > 1 and found.busy:
        return Reason("No environment had room for one more request.", ("requests_per_environment",))
    busy = _busy(len(found.busy))
    gone = max(found.reclaimed.values(), default=None)
    lifetime = rulebook.idle_lifetime
    if gone is not None and lifetime is not None and at - gone <= lifetime:
        before = "at that very moment" if at == gone else f"{show_time(at - gone)} before"
        which = "the one idle environment" if len(found.reclaimed) == 1 else "the last idle one"
        says = f"{which} had been reclaimed {before}, after {show_time(lifetime)} without a request"
        says = f"{busy}, and {says}." if busy else f"{says[0].upper()}{says[1:]}."
        return Reason(says, ("idle_lifetime", *(("requests_per_environment",) if busy else ())))
    if found.old and rulebook.environment_lifetime is not None:
        says = (
            f"an idle one had lived for more than {show_time(rulebook.environment_lifetime)}, so it was not used again"
        )
        return Reason(f"{busy}, and {says}." if busy else f"{says[0].upper()}{says[1:]}.", ("environment_lifetime",))
    if busy:
        return Reason(f"{busy}.", ("requests_per_environment",))
    return _none_at_all(case, found)


def _busy(number: int) -> str:
    if not number:
        return ""
    return f"No environment was idle: the {'one' if number == 1 else f'{number:,}'} that existed {_was(number)} busy"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _none_at_all(case: Case, found: Environments) -> Reason:
    rules = ("reserved_is_kept_warm",) if case.function.reserved else ("idle_lifetime",)
    if found.lost:
        return Reason("The environment before had been thrown away, since its init failed.", ("init_limit",))
    if found.reclaimed:
        return Reason("All earlier environments had long been reclaimed, for want of requests.", ("idle_lifetime",))
    kept = ": reserved concurrency starts none ahead" if case.function.reserved else ""
    return Reason(f"The function had no environment yet{kept}.", rules)


def _length(case: Case) -> tuple[str, tuple[str, ...]]:
    """How long the init took, in words, and the rules that had a part in that."""
    init, rulebook, function = case.trace.init[case.row], case.rulebook, case.function
    wait = rulebook.vpc_interface_wait if function.in_vpc else 0
    is_short = function.init.is_fixed and function.cold_total is None and function.init.draw(0.0) <= rulebook.init_limit
    if init == rulebook.init_limit + wait and not is_short:
        return f"its init was cut off after {show_time(rulebook.init_limit)} and began again within the run", (
            "init_limit",
        )
    if not init:
        return "its init takes no time here", ()
    if wait:
        interface = f"of which {show_time(wait)} were the wait for a network interface"
        return f"init took {show_time(init)}, {interface}", ("vpc_interface_wait",)
    return f"init took {show_time(init)}", ()


def _reset(case: Case) -> Reason:
    environment = case.trace.environment[case.row]
    row = last_run(case, environment, case.row)
    ended = f" at {moment(case.end(row))}" if row is not None else ""
    cause = "ran out of memory" if row is not None and case.trace.status[row] == 3 else "timed out"
    return Reason(
        f"The run before it in environment {environment + 1} {cause}{ended}, which reset the environment, "
        "so init ran again inside this run.",
        ("timeout_resets_environment",),
    )


def _provisioned(case: Case) -> Reason:
    found = environments(case)
    busy = found.provisioned_busy
    others = f", while {busy:,} of {found.provisioned:,} {_was(busy)} busy" if busy else ""
    says = f"A provisioned environment, initialised before the {case.span.noun} came, was free{others}."
    return Reason(says, ("provisioned_spills_over", "provisioned_alloc_delay"))


def _warm(case: Case) -> Reason:
    environment, at = case.trace.environment[case.row], case.trace.start[case.row]
    found = environments(case)
    name = f"environment {environment + 1:,}"
    if environment not in found.idle:
        return Reason(f"It found room in {name}, which was running already.", ("requests_per_environment",))
    idle_for = at - found.idle[environment]
    since = f"had been idle for {show_time(idle_for)}" if idle_for else "became free at this very moment"
    if born(case, environment) == 0 and last_run(case, environment, case.row) is None:
        since = "was warm from the beginning"
    if len(found.idle) == 1:
        return Reason(f"{name[0].upper()}{name[1:]} {since}, so no init was needed.", ("idle_lifetime", "routing"))
    which = {"newest-idle": "the one used last", "oldest-idle": "the one idle for longest"}.get(case.rulebook.routing)
    chosen = f"{name}, {which}" if which else name
    says = f"Of {len(found.idle):,} idle environments it got {chosen}, which {since}."
    return Reason(says, ("routing", "idle_lifetime"))
