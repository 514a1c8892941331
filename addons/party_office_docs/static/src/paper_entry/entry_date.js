/**
 * Days as a clerk types them: 1206, 12-6, 12/6, 120626, 12062026, or 12 for this month.
 * Without a year it is the last such day that is not in the future.
 */

const SEPARATOR = /[-/. ]+/;

function pad(number, length) {
    return String(number).padStart(length, "0");
}

function iso(year, month, day) {
    const date = new Date(Date.UTC(year, month - 1, day));
    const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    return same ? `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` : null;
}

function parts(text) {
    if (SEPARATOR.test(text)) {
        return text.split(SEPARATOR).filter(Boolean);
    }
    if (text.length <= 2) {
        return [text];
    }
    // three digits could be two different days
    return [4, 6, 8].includes(text.length) ? [text.slice(0, 2), text.slice(2, 4), text.slice(4)].filter(Boolean) : [];
}

/**
 * @param {string} text what was typed
 * @param {string} today ISO date at the office
 * @returns {string | null} ISO date; null when it is no day
 */
export function parseDay(text, today) {
    const typed = parts(text.trim());
    if (!typed.length || typed.length > 3 || typed.some((part) => !/^\d+$/.test(part))) {
        return null;
    }
    const [day, month, year] = typed.map(Number);
    const [thisYear, thisMonth] = today.split("-").map(Number);
    if (typed.length === 3) {
        return iso(typed[2].length <= 2 ? 2000 + year : year, month, day);
    }
    if (typed.length === 2) {
        const found = iso(thisYear, month, day);
        return found && found > today ? iso(thisYear - 1, month, day) : found;
    }
    const found = iso(thisYear, thisMonth, day);
    if (found && found <= today) {
        return found;
    }
    return thisMonth === 1 ? iso(thisYear - 1, 12, day) : iso(thisYear, thisMonth - 1, day);
}

/**
 * @param {string} day ISO date or ""
 * @returns {string} as it is written in the book
 */
export function formatDay(day) {
    return day ? day.split("-").reverse().join("/") : "";
}
