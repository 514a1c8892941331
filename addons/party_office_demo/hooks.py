"""What an installation makes once: an invented province at work."""

from .setup.budget import make_bookings, make_estimates
from .setup.cars import load_cars, make_care, make_statement, make_trips
from .setup.claims import make_claims
from .setup.clock import spread_clock
from .setup.computed_claims import make_computed_claims
from .setup.events import (
    load_events,
    make_conferences,
    make_pack,
    make_programme_week,
    make_service_requests,
)
from .setup.office import make_office
from .setup.papers import (
    load_papers,
    make_incoming,
    make_outgoing,
    make_programme,
    make_receptions,
)
from .setup.people import load_people
from .setup.treasury import pay_bookings, withdraw_cash


def post_init_hook(env):
    """Make the office, its people, its budgets and claims in every state.

    Everything that moves a document is done by the real action of the real person, so
    that the demo holds the same evidence as a working office.
    """
    env = env(context=dict(env.context, no_reset_password=True, lang="vi_VN"))
    load_people(env)
    make_office(env)
    load_cars(env)
    make_estimates(env)
    make_bookings(env)
    pay_bookings(env)
    withdraw_cash(env)
    make_claims(env)
    make_computed_claims(env)
    make_trips(env)
    make_care(env)
    make_statement(env)
    spread_clock(env)
    load_papers(env)
    make_incoming(env)
    make_outgoing(env)
    make_programme(env)
    make_receptions(env)
    load_events(env)
    make_conferences(env)
    make_programme_week(env)
    make_service_requests(env)
    make_pack(env)
