import { _t } from "@web/core/l10n/translation";
import { Component } from "@odoo/owl";
import { formatShare, formatShort } from "./money_format";

/** A stacked bar (spent, advanced, held) with a mark where the year stands. */
export class MoneyBar extends Component {
    static template = "party_office_finance.MoneyBar";
    static props = {
        sums: Object,
        yearShare: Number,
        isBig: { type: Boolean, optional: true },
        byPace: { type: Boolean, optional: true },
    };

    get parts() {
        const { allocated } = this.props.sums;
        const parts = this.props.byPace ? ["used"] : ["spent", "advanced", "held"];
        return parts
            .map((name) => ({
                name,
                className: this.props.byPace
                    ? `o_party_bar_${this.props.sums.pace}`
                    : `o_party_bar_${name}`,
                share: allocated ? (this.props.sums[name] * 100) / allocated : 0,
            }))
            .filter((part) => part.share > 0);
    }

    /** What the picture says, for those who do not see it. */
    get label() {
        const { sums } = this.props;
        return _t(
            "Used %(used)s: spent %(spent)s, advanced %(advanced)s, held %(held)s. Year elapsed: %(year)s.",
            {
                used: formatShare(sums.used_share),
                spent: formatShort(sums.spent),
                advanced: formatShort(sums.advanced),
                held: formatShort(sums.held),
                year: formatShare(this.props.yearShare),
            }
        );
    }
}
