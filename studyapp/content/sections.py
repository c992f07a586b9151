"""The ten sections of the reference tables: their number, the topic that ids begin with, and their title."""

TITLES = {
    "overview": "Overview",
    "configuration": "Configuration",
    "packaging": "Packaging",
    "versions": "Versions and deployments",
    "triggers": "Triggers",
    "errors": "Errors and retries",
    "vpc": "VPC",
    "concurrency": "Scaling and concurrency",
    "security": "Security",
    "clues": "Exam clues",
}
SECTIONS = dict(enumerate(TITLES.values(), start=1))
