import {
    Many2ManyCheckboxesField,
    many2ManyCheckboxesField,
} from "@web/views/fields/many2many_checkboxes/many2many_checkboxes_field";
import { registry } from "@web/core/registry";

/** The whole list of reasons as tags: one tap takes a reason, the next leaves it. */
export class ReturnReasonsField extends Many2ManyCheckboxesField {
    static template = "party_office_base.ReturnReasonsField";

    isTaken(item) {
        return (this.isSelected(item) || this.idsToAdd.has(item[0])) && !this.idsToRemove.has(item[0]);
    }

    onTap(item) {
        this.onChange(item[0], !this.isTaken(item));
        return this.commitChanges();
    }
}

registry.category("fields").add("party_return_reasons", {
    ...many2ManyCheckboxesField,
    component: ReturnReasonsField,
});
