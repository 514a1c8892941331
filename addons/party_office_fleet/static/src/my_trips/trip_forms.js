import { _t } from "@web/core/l10n/translation";

/**
 * The forms of the driver's page: which fields, in which order, what has to be there.
 * Kinds of fields: km and dong (whole numbers), number (decimals), text, moment, date,
 * choice, photo.
 */
export function tripForms() {
    const moment = { name: "moment", kind: "moment", label: _t("When") };
    const odometer = { name: "odometer", kind: "km", label: _t("Odometer (km)") };
    const required = { required: true };
    const hard = { name: "hard_km", kind: "number", label: _t("Of them on hard roads (km)") };
    const idle = { name: "idle_hours", kind: "number", label: _t("Hours at a stand, engine running") };
    const date = { name: "date", kind: "date", label: _t("Day") };
    const photo = (label) => ({ name: "photo", kind: "photo", label });
    return {
        start: {
            title: _t("The car leaves"),
            fields: [{ ...odometer, ...required }, moment, photo(_t("Photo of the odometer"))],
        },
        end: {
            title: _t("The car is back"),
            fields: [
                { ...odometer, ...required },
                moment,
                hard,
                idle,
                photo(_t("Photo of the odometer")),
            ],
        },
        leg: {
            title: _t("Leg"),
            fields: [
                { name: "place_from", kind: "text", label: _t("From") },
                { name: "place_to", kind: "text", label: _t("To"), ...required },
                { name: "km", kind: "number", label: _t("Km") },
                hard,
                idle,
                odometer,
            ],
        },
        toll: {
            title: _t("Toll"),
            fields: [
                { name: "amount", kind: "dong", label: _t("Amount (đ)"), ...required },
                { name: "station", kind: "text", label: _t("Toll station") },
                { name: "invoice_number", kind: "text", label: _t("Ticket number") },
                date,
                photo(_t("Photo of the ticket")),
            ],
        },
        fill: {
            title: _t("Refuel"),
            fields: [
                { name: "litres", kind: "number", label: _t("Litres"), ...required },
                { name: "amount", kind: "dong", label: _t("Amount (đ)"), ...required },
                odometer,
                { name: "invoice_series", kind: "text", label: _t("Invoice series") },
                { name: "invoice_number", kind: "text", label: _t("Invoice number") },
                { name: "station", kind: "text", label: _t("Petrol station") },
                date,
                photo(_t("Photo of the invoice")),
            ],
        },
        incident: {
            title: _t("Incident"),
            fields: [
                {
                    name: "kind",
                    kind: "choice",
                    label: _t("What kind"),
                    choices: [
                        ["delay", _t("Delay")],
                        ["breakdown", _t("Breakdown")],
                        ["accident", _t("Accident")],
                        ["fine", _t("Traffic fine")],
                        ["other", _t("Something else")],
                    ],
                    ...required,
                },
                { name: "description", kind: "text", label: _t("What happened"), ...required },
                { name: "place", kind: "text", label: _t("Where") },
                moment,
                photo(_t("Photo")),
            ],
        },
        explain: {
            title: _t("Explain the km"),
            fields: [
                { name: "explanation", kind: "text", label: _t("Why the km are as they are"), ...required },
            ],
        },
    };
}

/** What was typed, as a number; null when it is none. Vietnamese writes 1.234,5. */
export function parseNumber(kind, text) {
    const typed = String(text ?? "").trim();
    if (kind !== "number") {
        const digits = typed.replace(/[\s.,]/g, "");
        return /^\d+$/.test(digits) ? Number(digits) : null;
    }
    const plain = typed.includes(",") ? typed.replace(/\./g, "").replace(",", ".") : typed;
    return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** A photo of the phone, small enough for a bad line: JPEG, base64. */
export async function shrinkPhoto(file, longest = 1280) {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.8).split(",")[1];
}
