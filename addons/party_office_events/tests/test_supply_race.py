"""Two storekeepers, two real connections: the last ream is given out once."""

import threading

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestSupplyRace(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            supply = env["party.supply"].create({"name": "Race ream", "unit": "ram"})
            supply.action_receive(5)
            self.supply = supply.id
        self.addCleanup(self._clean)
        # the test runner holds the registry's lock, which threads need for a cursor
        self.patch(Registry, "_lock", DummyRLock())

    def _clean(self):
        with self.registry.cursor() as cr:
            # a ledger that nobody can empty: only the owner of the table, here
            cr.execute("ALTER TABLE party_supply_move DISABLE TRIGGER USER")
            cr.execute(
                "DELETE FROM party_supply_move WHERE supply_id = %s", [self.supply]
            )
            cr.execute("ALTER TABLE party_supply_move ENABLE TRIGGER USER")
            cr.execute("DELETE FROM party_supply WHERE id = %s", [self.supply])

    def _at_once(self, *quantities):
        """Take quantities at the same moment, each in a connection of its own.

        :return: what each got: "given" or the refusal
        """
        barrier = threading.Barrier(len(quantities))
        outcomes = {}

        def act(number, quantity):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
                supply = env["party.supply"].browse(self.supply)
                # the snapshot is taken before the other one writes
                cr.execute("SELECT 1")
                barrier.wait(timeout=20)
                try:
                    retrying(
                        lambda: env["party.supply"]._book(
                            [{"supply": supply, "kind": "out", "quantity": -quantity}]
                        ),
                        env,
                    )
                    cr.commit()  # pylint: disable=invalid-commit
                    outcomes[number] = "given"
                except Exception as error:
                    cr.rollback()
                    outcomes[number] = str(error)

        threads = [
            threading.Thread(target=act, args=[number, quantity])
            for number, quantity in enumerate(quantities)
        ]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=60)
        return [outcomes.get(number, "no answer") for number in range(len(quantities))]

    def _stock(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT on_hand, (SELECT SUM(quantity) FROM party_supply_move"
                " WHERE supply_id = %s) FROM party_supply WHERE id = %s",
                [self.supply, self.supply],
            )
            return cr.fetchone()

    def test_more_than_there_is_goes_to_one(self):
        outcomes = self._at_once(3, 4)
        self.assertEqual(outcomes.count("given"), 1, outcomes)
        (refusal,) = [text for text in outcomes if text != "given"]
        self.assertIn("Race ream", refusal)
        on_hand, book = self._stock()
        self.assertIn(on_hand, (1, 2))
        self.assertEqual(on_hand, book)

    def test_enough_for_both_goes_to_both(self):
        self.assertEqual(self._at_once(2, 3), ["given", "given"])
        self.assertEqual(self._stock(), (0, 0))

    def test_four_at_once_take_the_last_piece(self):
        self._at_once(4)
        outcomes = self._at_once(1, 1, 1, 1)
        self.assertEqual(outcomes.count("given"), 1, outcomes)
        self.assertEqual(self._stock(), (0, 0))
