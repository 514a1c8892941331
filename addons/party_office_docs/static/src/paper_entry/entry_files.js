/** Scans on the entry page: what they are, how they are shown and sent. */

export function isPdf(file) {
    return file.mimetype === "application/pdf";
}

export function isImage(file) {
    return file.mimetype.startsWith("image/");
}

/** PDFs are drawn by the viewer that comes with Odoo: it works in every browser. */
export function viewerUrl(file) {
    return `/web/static/lib/pdfjs/web/viewer.html?file=${encodeURIComponent(file.url)}#pagemode=none&zoom=page-width`;
}

/**
 * @param {{name: string, file: File}} scan
 * @returns {Promise<{name: string, data: string}>} as the server takes it
 */
export function fileToBase64(scan) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve({ name: scan.name, data: reader.result.split(",")[1] || "" });
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(scan.file);
    });
}
