"""CloudWatch's names for our metrics. Source: the pages Types of metrics for Lambda functions, and Monitoring concurrency.

CloudWatch gives a series and leaves the statistic to the reader. A name here means one number for the whole run, by the
statistic that those pages advise: Sum for counts, Maximum for levels and ages, Average for Duration alone.
"""

from typing import Final, NamedTuple


class Alias(NamedTuple):
    """Our name of a CloudWatch metric under one statistic."""

    metric: str
    statistic: str


ALIASES: Final[dict[str, Alias]] = {
    "Invocations": Alias("invocations", "Sum"),
    "Errors": Alias("errors", "Sum"),
    "Throttles": Alias("throttles", "Sum"),
    "Duration": Alias("duration_mean", "Average"),
    "ConcurrentExecutions": Alias("peak_concurrency", "Maximum"),
    "UnreservedConcurrentExecutions": Alias("unreserved_peak", "Maximum"),
    "ClaimedAccountConcurrency": Alias("claimed_peak", "Maximum"),
    "ProvisionedConcurrencyInvocations": Alias("provisioned_invocations", "Sum"),
    "ProvisionedConcurrencySpilloverInvocations": Alias("spillover_invocations", "Sum"),
    "ProvisionedConcurrencyUtilization": Alias("provisioned_utilization_max", "Maximum"),
    "AsyncEventsReceived": Alias("async_received", "Sum"),
    "AsyncEventAge": Alias("async_age_max", "Maximum"),
    "AsyncEventsDropped": Alias("async_dropped", "Sum"),
    "DeadLetterErrors": Alias("dead_letter_errors", "Sum"),
    "DestinationDeliveryFailures": Alias("destination_errors", "Sum"),
    "IteratorAge": Alias("iterator_age_max", "Maximum"),
    "PolledEventCount": Alias("polled_events", "Sum"),
    "FilteredOutEventCount": Alias("filtered_out", "Sum"),
    "InvokedEventCount": Alias("invoked_events", "Sum"),
    "FailedInvokeEventCount": Alias("failed_invoke_events", "Sum"),
    "DroppedEventCount": Alias("dropped_events", "Sum"),
    "DeletedEventCount": Alias("deleted_events", "Sum"),
}


def ours(name: str) -> str:
    """`Errors` as errors, `resize.Errors` as resize.errors; any other name as it is."""
    function, dot, metric = name.rpartition(".")
    return function + dot + ALIASES[metric].metric if metric in ALIASES else name
