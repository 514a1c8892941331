import { _t } from "@web/core/l10n/translation";

const BILLION = 1e9;
const MILLION = 1e6;

/**
 * An amount with Vietnamese thousands: 1.250.000. Every language of the interface
 * writes it this way, as the printed forms do.
 *
 * @param {number} amount đồng
 * @returns {string}
 */
export function formatDong(amount) {
    return String(Math.round(amount)).replace(/\B(?=(\d{3})+(?!\d))/g, ".");
}

/**
 * A number with at most two decimals after a comma, without trailing zeros: 1,25.
 *
 * @param {number} value
 * @param {number} [digits=2]
 * @returns {string}
 */
export function formatDecimal(value, digits = 2) {
    const [whole, part] = value.toFixed(digits).split(".");
    const trimmed = (part || "").replace(/0+$/, "");
    return formatDong(whole) + (trimmed ? "," + trimmed : "");
}

/**
 * An amount as people say it: 1,25 tỷ; 12,5 triệu; below a million in full.
 *
 * @param {number} amount đồng
 * @returns {string}
 */
export function formatShort(amount) {
    const size = Math.abs(amount);
    if (size >= BILLION) {
        return _t("%s bn", formatDecimal(amount / BILLION));
    }
    if (size >= MILLION) {
        return _t("%s m", formatDecimal(amount / MILLION, size >= 100 * MILLION ? 0 : 1));
    }
    return formatDong(amount) + "\u00a0đ";
}

/**
 * @param {number} share per cent
 * @returns {string}
 */
export function formatShare(share) {
    return formatDecimal(share, 1) + "\u00a0%";
}

/**
 * @param {string} day as the server writes it: 2026-11-02
 * @returns {string} 02/11/2026
 */
export function formatDay(day) {
    return day.split("-").reverse().join("/");
}
