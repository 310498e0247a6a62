"""The rows of opinions, by noun."""

from appraisals.opinions.models.digests import Digest, DigestText
from appraisals.opinions.models.doors import OpinionAnswer, OpinionPage, OpinionTicket
from appraisals.opinions.models.register import ChannelCount, Opinion, OpinionText, SealedOpinion

__all__ = [
    "ChannelCount", "Digest", "DigestText", "Opinion", "OpinionAnswer", "OpinionPage", "OpinionText", "OpinionTicket",
    "SealedOpinion",
]  # fmt: skip
