"""The domains of the exams that clues name, with their share of the exam.

Source: AWS's exam guides of DVA-C02, DVA-C03, SAA-C03 and SOA-C03, checked on 2026-11-23.
"""

from collections.abc import Mapping

from studyapp.memory.models import Exam

Domains = Mapping[str, tuple[str, int]]
"""Of each domain, such as D1, its title and its share of the exam in percent."""

_DVA: Domains = {
    "D1": ("Development with AWS Services", 30),
    "D2": ("Security", 26),
    "D3": ("Testing and Deployment", 22),
    "D4": ("Troubleshooting and Optimization", 22),
}
_SAA: Domains = {
    "D1": ("Design Secure Architectures", 30),
    "D2": ("Design Resilient Architectures", 26),
    "D3": ("Design High-Performing Architectures", 24),
    "D4": ("Design Cost-Optimized Architectures", 20),
}
_SOA: Domains = {
    "D1": ("Monitoring, Logging, Analysis, Remediation, and Performance Optimization", 22),
    "D2": ("Reliability and Business Continuity", 22),
    "D3": ("Deployment, Provisioning, and Automation", 22),
    "D4": ("Security and Compliance", 16),
    "D5": ("Networking and Content Delivery", 18),
}
_GUIDES: Mapping[str, Domains] = {Exam.DVA_C03: _DVA, Exam.SAA_C03: _SAA, Exam.SOA_C03: _SOA}


def of(exam: str) -> tuple[str, Domains]:
    """The guide that stands for an exam, and its domains. Clues name no domain of DVA-C02, so it is seen by DVA-C03's."""
    return (exam, _GUIDES[exam]) if exam in _GUIDES else (Exam.DVA_C03.value, _DVA)
