from . import party_paper
