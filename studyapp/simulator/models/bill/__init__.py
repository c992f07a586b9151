"""What does a month cost, line by line, and which choice costs least?

The bill of one account in one Region, us-east-1, for one month, from how often functions run and for how long. It has no clock
and no chance: cold starts are a share of the runs, and every run of a function takes the same time. The engine bills what a run
on the clock has used instead, in the metrics that begin with `cost.`.

USD, for the month:
  bill.total, and its lines bill.requests, .duration (on demand, with init), .provisioned, .storage (of /tmp), .tenants, .snapstart,
  .streaming, .durable, .instances (of Managed Instances), .pollers (provisioned pollers)
  bill_of.<function>: its part of the total. What belongs to the account is shared in proportion to use (account.py).
Quantities: gb_s.<function>, of all its runs, before any free tier; billed_requests.<function>, likewise.
Choices, each for the function alone and without the free tier (choices.py):
  cheapest.<function> and fastest.<function>: MB, of the sizes in its `curve`; cheapest_cost. and fastest_cost.: USD
  arm_saving.<function>: USD that arm64 saves against x86_64 when runs take as long; arm_saving_share.: the same, as a share
  on_demand.<function>: USD without its provisioned concurrency
  break_even.<function>: the share of use from which provisioned concurrency costs less than on demand, at the prices of the first
  tier; break_even_rate.: the requests a second that make it; utilization.: the share of use now

Left out on purpose: savings plans, data transfer, other services, Regions with other prices, accounts billed together, and init
that is billed again when Lambda replaces provisioned environments. A GB is 1,024 MB.

Sources, read on 2026-11-23 and 2026-11-28:
https://aws.amazon.com/lambda/pricing/
https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSLambda/current/us-east-1/index.json
https://aws.amazon.com/blogs/compute/introducing-tiered-pricing-for-aws-lambda/
https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
"""

from dataclasses import dataclass

from studyapp.simulator.answers import Answer
from studyapp.simulator.models.bill.account import account
from studyapp.simulator.models.bill.choices import choices
from studyapp.simulator.models.bill.metrics import WORDS, metrics
from studyapp.simulator.models.bill.parts import Month
from studyapp.simulator.models.bill.paths import paths
from studyapp.simulator.models.bill.reading import read
from studyapp.simulator.rulebook import Rulebook

__all__ = ["WORDS", "MonthlyBill", "plan", "read"]


@dataclass(frozen=True)
class MonthlyBill:
    """A month to be billed."""

    month: Month

    def answer(self, rulebook: Rulebook) -> Answer:
        """The lines of the bill and what they come to, and how each is worked out."""
        found = account(self.month, rulebook)
        chosen = [choices(part.function, part.use, self.month.time_us, rulebook) for part in found.parts]
        return Answer(metrics(found, chosen, rulebook), paths(self.month, found, chosen, rulebook))


def plan(data: object, rulebook: Rulebook) -> MonthlyBill:
    """The `bill:` of a scenario. Raises ScenarioError."""
    return MonthlyBill(read(data, rulebook))
