from odoo import models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.amount_in_words import amount_in_words
from odoo.addons.party_office_base.rules.money import whole
from odoo.addons.party_office_base.rules.report import Column, Report, Row

# the lists are Vietnamese whatever language the user works in
NOT_TRUSTED = "Tài khoản chưa xác nhận"
SIGNERS = ["Người lập", "Kế toán trưởng", "Thủ trưởng đơn vị"]


class PartyPaymentBatch(models.Model):
    """What a payment list says on paper and in its workbook: the same rows."""

    _name = "party.payment.batch"
    _inherit = ["party.payment.batch", "party.form.mixin"]

    def _check_can_print(self, report):
        """Refuse a list that is not made yet, was cancelled, or says another sum than
        its Treasury document.
        """
        result = super()._check_can_print(report)
        for batch in self:
            if batch.state not in ("ready", "paid"):
                raise UserError(
                    self.env._(
                        "%s is no list that is to be paid: make it first.",
                        batch.display_name,
                    )
                )
            if reason := batch._why_paper_differs():
                raise UserError(reason)
        return result

    def _payment_rows(self):
        """Return the rows of the list as plain data, in their order.

        ``number, document, name, board, account, bank, holder, content, amount, note``;
        amounts are whole đồng. In cash a row is a document, by transfer a person.
        """
        self.ensure_one()
        # names of boards and documents stand on every list
        batch = self.sudo()
        if batch.payment_method == "cash":
            return [
                {
                    "number": number,
                    # an advance gets its number when it is paid
                    "voucher": line._document().voucher_number or line.number,
                    "document": line._document().name,
                    "name": line.receiver or "",
                    "board": line.board_id.name,
                    "content": line.content or "",
                    "amount": whole(line.amount),
                }
                for number, line in enumerate(batch.line_ids, 1)
            ]
        return [
            {
                "number": number,
                "voucher": person.document_number,
                "document": person.line_id._document().name,
                "name": person.name,
                "board": person.board_id.name,
                "account": person.acc_number or "",
                "bank": person.bank_name or "",
                "holder": person.holder or "",
                "content": person.content or "",
                "amount": whole(person.amount),
                "note": person._list_note(),
            }
            for number, person in enumerate(batch.beneficiary_ids, 1)
        ]

    def _list_title(self):
        if self.payment_method == "cash":
            return "Danh sách chi tiền mặt"
        return "Bảng thanh toán cho đối tượng thụ hưởng"

    def _payment_report(self):
        """Return the ``Report`` that the workbook is drawn from."""
        self.ensure_one()
        cash = self.payment_method == "cash"
        columns = [
            Column("number", "STT", "number", 6),
            Column("name", "Họ và tên" if not cash else "Người nhận tiền", width=28),
        ]
        if not cash:
            columns += [
                Column("account", "Số tài khoản", width=22),
                Column("bank", "Ngân hàng", width=28),
                Column("holder", "Chủ tài khoản", width=28),
            ]
        columns += [
            Column("amount", "Số tiền (đồng)", "money", 18, total=True),
            Column("content", "Nội dung", width=40),
            Column("voucher", "Số chứng từ", width=18),
            Column("document", "Số đề nghị", width=18),
            Column("board", "Kinh phí của", width=28),
        ]
        if not cash:
            columns.append(Column("note", "Ghi chú", width=24))
        return Report(
            title=self._list_title(),
            columns=columns,
            rows=[Row(row) for row in self._payment_rows()],
            subtitles=self._list_subtitles(),
            notes=[f"Số tiền bằng chữ: {self._list_words()}."],
            signatures=SIGNERS if not cash else [*SIGNERS, "Thủ quỹ"],
            form_code="" if cash else "Mẫu số 09",
        )

    def _list_subtitles(self):
        number = f"Số: {self.name}, ngày {self.date:%d/%m/%Y}"
        # the paper is known to whoever sees the list
        paper = self.sudo().treasury_id
        if not paper:
            return [number]
        return [
            number,
            f"Kèm theo chứng từ Kho bạc {paper._paper_label()}, nguồn "
            f"{paper.fund_id.code}, năm {paper.year}",
        ]

    def _list_words(self):
        return amount_in_words(sum(row["amount"] for row in self._payment_rows()))

    def _form_values(self, report):
        values = super()._form_values(report)
        rows = self._payment_rows()
        # names and codes of the office stand on every form
        batch = self.sudo()
        company = batch.company_id
        office = self.env["party.board"].search(
            [("kind", "=", "office"), ("company_id", "in", [False, company.id])],
            limit=1,
        )
        return values | {
            "title": self._list_title(),
            "subtitles": self._list_subtitles(),
            "unit_code": office.budget_unit_code or "",
            "rows": rows,
            "total": sum(row["amount"] for row in rows),
            "words": self._list_words(),
            "maker": batch.requester_id.name,
            "chief_accountant": company.chief_accountant_id.name or "",
            "head": company.office_chief_id.name or "",
            "cashier": company.cashier_id.name or "",
        }


class PartyPaymentBeneficiary(models.Model):
    _inherit = "party.payment.beneficiary"

    def _list_note(self):
        """Return what the list remarks on this account."""
        notes = []
        if self.holder and self.holder.casefold() != self.name.casefold():
            notes.append(f"Chủ TK: {self.holder}")
        if not self.is_trusted:
            notes.append(NOT_TRUSTED)
        return "; ".join(notes)


class PartyTreasuryMove(models.Model):
    _inherit = "party.treasury.move"

    def _paper_label(self):
        """Return the number by which a list names this document."""
        return self.paper_number or (self.name if self.name != "/" else "(dự thảo)")
