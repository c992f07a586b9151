"""Is this request allowed, and by which statement, or by the lack of which?

A request is one action or several, by a user, a role, the public, or a resource: a bucket acts as its service, a function
with its execution role once that role trusts Lambda. A deny anywhere wins. Else, within an account, the caller's policies
or the resource's must allow it (a KMS key's and a role's own policy must agree in any case); across accounts both must; a
service and the public have the resource's policy alone. A policy that names an account leaves it to that account's policies.

Left out on purpose: permissions boundaries, service and resource control policies, session policies, VPC endpoint policies,
NotAction and NotResource, all conditions but those on the source of a service and on a function URL, KMS grants, and rights
that a write into something encrypted needs. A resource is one name, so a bucket and its objects are one, and an action
that AWS allows on all resources alone (ec2:Describe..., kinesis:ListStreams) may be allowed on one.

Sources, read on 2026-11-28:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

from dataclasses import dataclass

from studyapp.simulator.answers import Answer
from studyapp.simulator.models.access.parts import Request, World
from studyapp.simulator.models.access.reading import read
from studyapp.simulator.models.access.walking import Walk, walk
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Value

__all__ = ["World", "plan", "read"]

FORBIDDEN = 403
"""The HTTP status that a refused caller of a function URL sees."""


@dataclass(frozen=True)
class Access:
    """A world of permissions, to be asked."""

    world: World

    def answer(self, rulebook: Rulebook) -> Answer:
        """`allowed.`, `decided_by.`, `missing.` and, at a URL, `status.` of each request, the path to the decision, and
        `granted.all`: how many are allowed."""
        walks = [(request, walk(self.world, request, rulebook)) for request in self.world.requests]
        metrics = {name: value for each in walks for name, value in _metrics(*each).items()}
        metrics["granted.all"] = sum(walk.path.ok for _, walk in walks)
        return Answer(metrics, tuple(walk.path for _, walk in walks))


def plan(data: object, rulebook: Rulebook) -> Access:
    """The permissions of a scenario. Raises ScenarioError."""
    return Access(read(data))


def _metrics(request: Request, walk: Walk) -> dict[str, Value]:
    metrics: dict[str, Value] = {
        f"allowed.{request.name}": walk.path.ok,
        f"decided_by.{request.name}": walk.by,
        f"missing.{request.name}": ", ".join(walk.missing) or None,
    }
    if request.does == "url":
        metrics[f"status.{request.name}"] = None if walk.path.ok else FORBIDDEN
    return metrics
