import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { useX2ManyCrud } from "@web/views/fields/relational_utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LONGEST = 1800;
const SMALL_ENOUGH = 600 * 1024;

/** A photo small enough for a slow network; other files as they are. */
async function shrink(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= SMALL_ENOUGH) {
        return file;
    }
    let bitmap;
    try {
        bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
        return file;
    }
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    return blob && blob.size < file.size ? blob : file;
}

/** Photos and papers of a task: the camera with one tap, thumbnails below. */
export class TaskPhotos extends Component {
    static template = "party_office_events.TaskPhotos";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.camera = useRef("camera");
        this.chooser = useRef("chooser");
        this.state = useState({ busy: false });
        this.operations = useX2ManyCrud(() => this.props.record.data[this.props.name], true);
    }

    get files() {
        return this.props.record.data[this.props.name].records.map((file) => ({
            id: file.resId,
            name: file.data.name,
            isImage: (file.data.mimetype || "").startsWith("image/"),
        }));
    }

    async onChosen(ev) {
        const chosen = [...ev.target.files];
        ev.target.value = "";
        if (!chosen.length) {
            return;
        }
        this.state.busy = true;
        try {
            const values = [];
            for (const file of chosen) {
                const url = await getDataURLFromFile(await shrink(file));
                values.push({ name: file.name || _t("Photo"), datas: url.split(",")[1] });
            }
            const ids = await this.orm.create("ir.attachment", values);
            await this.operations.saveRecord(ids);
        } catch (error) {
            this.notification.add(_t("The file did not get through. Try again."), { type: "danger" });
            throw error;
        } finally {
            this.state.busy = false;
        }
    }

    onRemove(id) {
        const record = this.props.record.data[this.props.name].records.find((file) => file.resId === id);
        this.operations.removeRecord(record);
    }
}

registry.category("fields").add("party_photos", {
    component: TaskPhotos,
    supportedTypes: ["many2many"],
    relatedFields: [
        { name: "name", type: "char" },
        { name: "mimetype", type: "char" },
    ],
});
