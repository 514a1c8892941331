from . import party_report_run
