"""Test API of the bill of an event."""

from .common import EventCase


class EventMoneyCase(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._leave_budgets_alone()

    @classmethod
    def _leave_budgets_alone(cls):
        """Finance may be installed: what it does is tested in test_party_office."""
        mixin = cls.env.registry["party.cost.mixin"]
        cls.classPatch(mixin, "_cost_hold", lambda self: None)
        cls.classPatch(mixin, "_cost_release", lambda self, reason: None)
        cls.classPatch(mixin, "_cost_claim", lambda self: 0)

    def _rows(self, event=None):
        return {
            (row.component, row.person or ""): row.planned
            for row in (event or self.event).cost_ids
        }

    def _add(self, component="conference_hall", user="staff_a", event=None, **values):
        return (
            self.env["party.event.cost"]
            .with_user(self.user[user])
            .create(
                {
                    "event_id": (event or self.event).id,
                    "component": component,
                    "quantity": 1,
                    "price": 5_000_000,
                    **values,
                }
            )
        )

    def _approve_event(self, event=None):
        event = event or self.event
        event.with_user(event.requester_id).action_submit()
        chief = self.user["office_chief"]
        seen = event.with_user(chief).content_hash
        event.with_user(chief).with_context(approval_seen=seen).action_approve()

    def _html(self, name, events):
        """Return the text of a form, as the printer gets it."""
        report = self.env.ref(f"party_office_events.{name}_report")
        return "".join(report.with_env(events.env)._party_pages(report, events))
